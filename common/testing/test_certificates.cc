#include "common/testing/test_certificates.h"

#include <cstdlib>
#include <iostream>
#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace assay::testing_kit {
namespace {

constexpr long kDaySeconds = 24 * 60 * 60;
constexpr long kX509Version3 = 2;  // Counted from 0.

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

void Require(bool condition, const char* what) {
  if (condition) return;
  std::cerr << "OpenSSL cannot " << what << "\n";
  std::abort();
}

Key MakeKey() {
  Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
  Require(key != nullptr, "make a key");
  return key;
}

void AddExtension(X509* certificate, int kind, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value);
  Require(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1,
          "add an extension");
  X509_EXTENSION_free(extension);
}

// Self-signed when `issuer` is null.
Certificate Sign(const char* name, long serial, EVP_PKEY* subject_key, const X509* issuer,
                 EVP_PKEY* issuer_key) {
  Certificate certificate(X509_new(), X509_free);
  Require(certificate != nullptr, "make a certificate");
  X509* x509 = certificate.get();
  X509_set_version(x509, kX509Version3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), serial);
  X509_gmtime_adj(X509_getm_notBefore(x509), -kDaySeconds);
  X509_gmtime_adj(X509_getm_notAfter(x509), kDaySeconds);
  X509_set_pubkey(x509, subject_key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(x509, X509_get_subject_name(issuer != nullptr ? issuer : x509));
  if (issuer == nullptr) {
    AddExtension(x509, NID_basic_constraints, "critical,CA:TRUE");
  } else {
    AddExtension(x509, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
  }
  Require(X509_sign(x509, issuer_key, EVP_sha256()) > 0, "sign a certificate");
  return certificate;
}

std::string Text(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return std::string(bytes, static_cast<size_t>(length));
}

std::string Pem(X509* certificate) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
  Require(PEM_write_bio_X509(bio.get(), certificate) == 1, "write a certificate");
  return Text(bio.get());
}

std::string Pem(EVP_PKEY* key) {
  const Bio bio(BIO_new(BIO_s_mem()), BIO_free_all);
  Require(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
          "write a key");
  return Text(bio.get());
}

}  // namespace

TestCertificates MakeCertificates(const TempDir& dir) {
  const Key ca_key = MakeKey();
  const Key server_key = MakeKey();
  const Key client_key = MakeKey();
  const Certificate ca = Sign("test authority", 1, ca_key.get(), nullptr, ca_key.get());
  const Certificate server = Sign("server", 2, server_key.get(), ca.get(), ca_key.get());
  const Certificate client = Sign("client", 3, client_key.get(), ca.get(), ca_key.get());
  return {.ca = dir.Write("ca.pem", Pem(ca.get())),
          .server_certificate = dir.Write("server.pem", Pem(server.get())),
          .server_key = dir.Write("server-key.pem", Pem(server_key.get())),
          .client_certificate = dir.Write("client.pem", Pem(client.get())),
          .client_key = dir.Write("client-key.pem", Pem(client_key.get()))};
}

}  // namespace assay::testing_kit
