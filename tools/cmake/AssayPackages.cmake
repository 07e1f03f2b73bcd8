# Every third-party package the project links, in one place.

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)  # Module mode and before gRPC: gRPC's config expects its targets.
find_package(absl CONFIG REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(RocksDB CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(GTest CONFIG REQUIRED)

# google/rpc and google/api protos, from the distribution's package.
find_path(ASSAY_GOOGLEAPIS_DIR google/rpc/error_details.proto
  HINTS /usr/share/gocode/src/github.com/grpc-ecosystem/grpc-gateway/third_party/googleapis
  REQUIRED)
find_program(ASSAY_GRPC_CPP_PLUGIN grpc_cpp_plugin REQUIRED)
