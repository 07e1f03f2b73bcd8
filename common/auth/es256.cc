#include "common/auth/es256.h"

#include <climits>
#include <vector>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "common/status/error.h"

namespace assay::auth {
namespace {

constexpr size_t kScalarBytes = kEs256SignatureBytes / 2;

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

absl::Status KeyInvalid(std::string_view what) {
  ERR_clear_error();
  return ErrorBuilder(absl::StatusCode::kInvalidArgument, "KEY_INVALID")
      .Message("not an ES256 key: " + std::string(what))
      .Build();
}

absl::Status SigningFailed() {
  ERR_clear_error();
  return ErrorBuilder(absl::StatusCode::kInternal, "SIGNING_FAILED")
      .Message("OpenSSL could not sign")
      .Build();
}

// An encrypted key must fail, not ask for its password on the terminal.
int NoPassword(char*, int, int, void*) { return -1; }

EVP_PKEY* KeyOf(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }

// Takes over `key`, which may be null.
absl::StatusOr<std::shared_ptr<void>> AdoptP256(EVP_PKEY* key) {
  if (key == nullptr) return KeyInvalid("the PEM block cannot be read");
  std::shared_ptr<void> owned(key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); });
  char group[32] = {};
  size_t length = 0;
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
      EVP_PKEY_get_group_name(key, group, sizeof(group), &length) != 1 ||
      std::string_view(group, length) != SN_X9_62_prime256v1) {
    return KeyInvalid("it is not on the curve P-256");
  }
  return owned;
}

absl::StatusOr<Bio> Open(std::string_view pem) {
  if (pem.size() > INT_MAX) return KeyInvalid("the PEM block is too long");
  Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (bio == nullptr) return KeyInvalid("out of memory");
  return bio;
}

// r || s to the DER form that OpenSSL checks; empty when it cannot be made.
std::vector<unsigned char> ToDer(std::string_view signature) {
  Signature parts(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(Bytes(signature), kScalarBytes, nullptr);
  BIGNUM* s = BN_bin2bn(Bytes(signature) + kScalarBytes, kScalarBytes, nullptr);
  if (parts == nullptr || r == nullptr || s == nullptr || ECDSA_SIG_set0(parts.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  const int length = i2d_ECDSA_SIG(parts.get(), nullptr);
  if (length <= 0) return {};
  std::vector<unsigned char> der(static_cast<size_t>(length));
  unsigned char* out = der.data();
  i2d_ECDSA_SIG(parts.get(), &out);
  return der;
}

}  // namespace

absl::StatusOr<Es256PublicKey> Es256PublicKey::FromPem(std::string_view pem) {
  absl::StatusOr<Bio> bio = Open(pem);
  if (!bio.ok()) return bio.status();
  auto key = AdoptP256(PEM_read_bio_PUBKEY(bio->get(), nullptr, NoPassword, nullptr));
  if (!key.ok()) return key.status();
  return Es256PublicKey(*std::move(key));
}

bool Es256PublicKey::Verify(std::string_view bytes, std::string_view signature) const {
  if (signature.size() != kEs256SignatureBytes) return false;
  const std::vector<unsigned char> der = ToDer(signature);
  DigestContext context(EVP_MD_CTX_new());
  const bool good =
      !der.empty() && context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, KeyOf(key_)) == 1 &&
      EVP_DigestVerify(context.get(), der.data(), der.size(), Bytes(bytes), bytes.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

absl::StatusOr<Es256PrivateKey> Es256PrivateKey::FromPem(std::string_view pem) {
  absl::StatusOr<Bio> bio = Open(pem);
  if (!bio.ok()) return bio.status();
  auto key = AdoptP256(PEM_read_bio_PrivateKey(bio->get(), nullptr, NoPassword, nullptr));
  if (!key.ok()) return key.status();
  return Es256PrivateKey(*std::move(key));
}

absl::StatusOr<std::string> Es256PrivateKey::Sign(std::string_view bytes) const {
  DigestContext context(EVP_MD_CTX_new());
  size_t length = 0;
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, KeyOf(key_)) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &length, Bytes(bytes), bytes.size()) != 1) {
    return SigningFailed();
  }
  std::vector<unsigned char> der(length);
  if (EVP_DigestSign(context.get(), der.data(), &length, Bytes(bytes), bytes.size()) != 1) {
    return SigningFailed();
  }
  const unsigned char* in = der.data();
  Signature parts(d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(length)));
  std::string signature(kEs256SignatureBytes, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (parts == nullptr || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), out, kScalarBytes) < 0 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), out + kScalarBytes, kScalarBytes) < 0) {
    return SigningFailed();
  }
  return signature;
}

}  // namespace assay::auth
