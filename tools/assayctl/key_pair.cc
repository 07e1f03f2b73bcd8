#include "tools/assayctl/key_pair.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "openssl/bio.h"
#include "openssl/evp.h"
#include "openssl/pem.h"

#include "common/status/error.h"
#include "common/status/macros.h"
#include "tools/assayctl/files.h"

namespace assay::assayctl {
namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

absl::Status NotMade() {
  return ErrorBuilder(absl::StatusCode::kInternal, "KEY_NOT_MADE")
      .Message("OpenSSL could not make a P-256 key")
      .Build();
}

absl::Status AlreadyThere(const std::string& path) {
  return ErrorBuilder(absl::StatusCode::kAlreadyExists, "FILE_EXISTS")
      .Message(absl::StrCat(path, " exists already and is never overwritten"))
      .Build();
}

// What `write` puts into a memory buffer.
template <typename Write>
absl::StatusOr<std::string> Pem(Write write) {
  const Bio bio(BIO_new(BIO_s_mem()), &BIO_free);
  if (bio == nullptr || write(bio.get()) != 1) {
    return NotMade();
  }
  char* bytes = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &bytes);  // NOLINT(google-runtime-int)
  return std::string(bytes, static_cast<size_t>(length));
}

}  // namespace

absl::StatusOr<KeyPairPaths> WriteNewKeyPair(const std::string& dir, const std::string& key_id) {
  const std::string private_folder = dir + "/private";
  const std::string public_folder = dir + "/public";
  const KeyPairPaths paths = {absl::StrCat(private_folder, "/", key_id, ".pem"),
                              absl::StrCat(public_folder, "/", key_id, ".pem")};
  for (const std::string& path : {paths.private_key, paths.public_key}) {
    if (FileExists(path)) return AlreadyThere(path);
  }
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), &EVP_PKEY_free);
  if (key == nullptr) {
    return NotMade();
  }
  ASSAY_ASSIGN_OR_RETURN(const std::string private_pem, Pem([&key](BIO* bio) {
                           return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0,
                                                                nullptr, nullptr);
                         }));
  ASSAY_ASSIGN_OR_RETURN(const std::string public_pem,
                         Pem([&key](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key.get()); }));
  ASSAY_RETURN_IF_ERROR(MakeFolder(dir, kPublicFolder));
  ASSAY_RETURN_IF_ERROR(MakeFolder(private_folder, kPrivateFolder));
  ASSAY_RETURN_IF_ERROR(MakeFolder(public_folder, kPublicFolder));
  ASSAY_RETURN_IF_ERROR(WriteNewFile(paths.private_key, private_pem, kPrivateFile));
  ASSAY_RETURN_IF_ERROR(WriteNewFile(paths.public_key, public_pem, kPublicFile));
  return paths;
}

}  // namespace assay::assayctl
