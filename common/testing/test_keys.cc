#include "common/testing/test_keys.h"

#include <cstdlib>
#include <iostream>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "common/time/fake_clock.h"

namespace assay::testing_kit {
namespace {

constexpr std::string_view kPeopleKey = "people-1";
constexpr std::string_view kServiceKey = "service-1";

[[noreturn]] void Die(std::string_view what) {
  std::cerr << what << "\n";
  std::abort();
}

template <typename T>
T ValueOrDie(absl::StatusOr<T> value) {
  if (!value.ok()) Die(std::string(value.status().message()));
  return *std::move(value);
}

std::string Text(BIO* bio) {
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio, &bytes);
  return std::string(bytes, static_cast<size_t>(length));
}

}  // namespace

KeyPair MakeKeyPair() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> priv(BIO_new(BIO_s_mem()), BIO_free_all);
  const std::unique_ptr<BIO, decltype(&BIO_free_all)> pub(BIO_new(BIO_s_mem()), BIO_free_all);
  if (key == nullptr || priv == nullptr || pub == nullptr ||
      PEM_write_bio_PrivateKey(priv.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
      PEM_write_bio_PUBKEY(pub.get(), key.get()) != 1) {
    Die("OpenSSL cannot make a key");
  }
  return {Text(priv.get()), Text(pub.get())};
}

TestKeys::TestKeys(const Clock& clock)
    : clock_(clock), people_(MakeKeyPair()), service_(MakeKeyPair()), stranger_(MakeKeyPair()) {
  public_dir_.Write(std::string(kPeopleKey) + ".pem", people_.public_pem);
  public_dir_.Write(std::string(kServiceKey) + ".pem", service_.public_pem);
}

std::unique_ptr<auth::TokenVerifier> TestKeys::MakeVerifier() const {
  return ValueOrDie(
      auth::TokenVerifier::Create(public_keys_dir(), kTestIssuer, kTestAudience, clock_));
}

std::string TestKeys::MintWith(const Clock& clock, const KeyPair& key, std::string_view audience,
                               std::string_view subject, std::string_view organisation,
                               auth::RoleSet roles, absl::Duration lifetime) const {
  const std::string_view key_id = &key == &service_ ? kServiceKey : kPeopleKey;
  const auto signer =
      ValueOrDie(auth::TokenSigner::Create(key.private_pem, key_id, kTestIssuer, audience, clock));
  return ValueOrDie(signer->Mint(subject, organisation, roles, lifetime));
}

std::string TestKeys::Mint(std::string_view subject, std::string_view organisation,
                           auth::RoleSet roles, absl::Duration lifetime) const {
  return MintWith(clock_, people_, kTestAudience, subject, organisation, roles, lifetime);
}

std::string TestKeys::MintService(std::string_view subject) const {
  return MintWith(clock_, service_, kTestAudience, subject, "organisations/assay",
                  {access::v1::ROLE_SERVICE}, kLifetime);
}

std::string TestKeys::MintExpired(std::string_view subject, std::string_view organisation,
                                  auth::RoleSet roles) const {
  const FakeClock earlier(clock_.Now() - 2 * kLifetime);
  return MintWith(earlier, people_, kTestAudience, subject, organisation, roles, kLifetime);
}

std::string TestKeys::MintNotYetValid(std::string_view subject, std::string_view organisation,
                                      auth::RoleSet roles) const {
  const FakeClock later(clock_.Now() + kLifetime);
  return MintWith(later, people_, kTestAudience, subject, organisation, roles, kLifetime);
}

std::string TestKeys::MintWronglySigned(std::string_view subject, std::string_view organisation,
                                        auth::RoleSet roles) const {
  return MintWith(clock_, stranger_, kTestAudience, subject, organisation, roles, kLifetime);
}

std::string TestKeys::MintForOtherAudience(std::string_view subject, std::string_view organisation,
                                           auth::RoleSet roles) const {
  return MintWith(clock_, people_, "somebody-else", subject, organisation, roles, kLifetime);
}

}  // namespace assay::testing_kit
