// `scheme publish`, `revisions`, `alias`, `compare` and `export` against a server made of plain
// functions.

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"

#include "assay/catalogue/v1/catalogue_service.grpc.pb.h"

#include "common/status/error.h"
#include "common/status/grpc_status.h"
#include "tools/assayctl/testing/tool_runner.h"

namespace assay::assayctl {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using testing_kit::ReadFileOrDie;

class FakeCatalogue final : public catalogue::v1::CatalogueService::Service {
 public:
  grpc::Status PublishRevisions(grpc::ServerContext*,
                                const catalogue::v1::PublishRevisionsRequest* request,
                                catalogue::v1::PublishRevisionsResponse* response) override {
    published_ = *request;
    if (request->documents(0).content() == "wrong") {
      return ToGrpcStatus(ErrorBuilder(absl::StatusCode::kInvalidArgument, "SCHEME_FILE_INVALID")
                              .Message("r.json: thresholds[0].percent is 101; 0 to 100")
                              .Metadata("file", "r.json")
                              .Metadata("path", "thresholds[0].percent")
                              .Metadata("value", "101")
                              .Metadata("allowed", "0 to 100")
                              .Build());
    }
    for (const auto& draft : request->documents()) {
      auto& document = *response->add_documents();
      document.set_name(request->parent() + "/ruleSets/" + draft.document_id() + "@2");
      document.set_added(true);
      document.add_warnings("mind the gap");
    }
    return grpc::Status::OK;
  }
  grpc::Status ListRevisions(grpc::ServerContext*,
                             const catalogue::v1::ListRevisionsRequest* request,
                             catalogue::v1::ListRevisionsResponse* response) override {
    // One to a page, two in all.
    const bool first = request->page_token().empty();
    response->add_revisions()->set_name(request->name() + (first ? "@2" : "@1"));
    if (first) response->set_next_page_token("2");
    return grpc::Status::OK;
  }
  grpc::Status SetAlias(grpc::ServerContext*, const catalogue::v1::SetAliasRequest* request,
                        catalogue::v1::Alias* alias) override {
    set_alias_ = *request;
    alias->set_name(request->document() + "/aliases/" + request->alias());
    alias->add_entries()->set_revision(request->revision());
    alias->set_in_force(request->document() + "@2");
    return grpc::Status::OK;
  }
  grpc::Status ListAliases(grpc::ServerContext*, const catalogue::v1::ListAliasesRequest* request,
                           catalogue::v1::ListAliasesResponse* response) override {
    response->add_aliases()->set_name(request->parent() + "/aliases/current");
    return grpc::Status::OK;
  }
  grpc::Status CompareRevisions(grpc::ServerContext*,
                                const catalogue::v1::CompareRevisionsRequest* request,
                                catalogue::v1::CompareRevisionsResponse* response) override {
    response->set_base(request->base());
    response->set_other(request->other());
    response->set_same(true);
    return grpc::Status::OK;
  }
  grpc::Status ExportDocument(grpc::ServerContext*,
                              const catalogue::v1::ExportDocumentRequest* request,
                              catalogue::v1::ExportDocumentResponse* response) override {
    response->set_name(request->name() + "@2");
    response->set_content("format " + std::to_string(request->format()) + "\n");
    auto& loss = *response->add_losses();
    loss.set_field("notes");
    loss.set_what("left out");
    loss.set_count(1);
    return grpc::Status::OK;
  }

  catalogue::v1::PublishRevisionsRequest published_;
  catalogue::v1::SetAliasRequest set_alias_;
};

class SchemeCommands : public ::testing::Test {
 protected:
  SchemeCommands() {
    std::filesystem::create_directories(dir_.File("s/rule-sets"));
    dir_.Write("s/scheme.json", "{}");
    file_ = dir_.Write("s/rule-sets/r.json", "{\"a\":1}");
  }

  FakeCatalogue catalogue_;
  FakeServer server_{{&catalogue_}};
  ToolRunner tool_{server_.address()};
  testing_kit::TempDir dir_;
  std::string file_;
};

TEST_F(SchemeCommands, PublishesAFile) {
  const RunResult result = tool_.Run({"scheme", "publish", file_});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("schemes/s/ruleSets/r@2"));
  EXPECT_EQ(result.err, "warning: schemes/s/ruleSets/r@2: mind the gap\n");
  EXPECT_EQ(catalogue_.published_.parent(), "schemes/s");
  EXPECT_EQ(catalogue_.published_.documents(0).content(), "{\"a\":1}");
  EXPECT_FALSE(catalogue_.published_.validate_only());
  EXPECT_NE(catalogue_.published_.request_id(), "");
}

TEST_F(SchemeCommands, ValidatesAWholeFolderWithoutARequestId) {
  const RunResult result = tool_.Run({"scheme", "import", dir_.File("s"), "--validate-only"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("would be new"));
  EXPECT_EQ(catalogue_.published_.documents_size(), 2);
  EXPECT_TRUE(catalogue_.published_.validate_only());
  EXPECT_EQ(catalogue_.published_.request_id(), "");
}

TEST_F(SchemeCommands, PublishesRequirementsOverAFrame) {
  const RunResult result =
      tool_.Run({"scheme", "publish", "-", "--scheme", "s", "--format", "csv", "--frame",
                 "catalogues/v7", "--id", "ours", "--request-id", "q1"},
                "id,theme,title,profiles\n");
  EXPECT_EQ(result.code, 0) << result.err;
  const auto& draft = catalogue_.published_.documents(0);
  EXPECT_EQ(draft.frame(), "schemes/s/catalogues/v7");
  EXPECT_EQ(draft.kind(), catalogue::v1::DOCUMENT_KIND_CATALOGUE);
  EXPECT_EQ(draft.format(), catalogue::v1::DOCUMENT_FORMAT_CSV);
  EXPECT_EQ(draft.document_id(), "ours");
  EXPECT_EQ(catalogue_.published_.request_id(), "q1");
}

TEST_F(SchemeCommands, ShowsWhatIsWrongInAFileAsTheServiceSaysIt) {
  dir_.Write("s/rule-sets/r.json", "wrong");
  const RunResult result = tool_.Run({"scheme", "publish", file_});
  EXPECT_EQ(result.code, 1);
  EXPECT_EQ(result.err,
            "error: INVALID_ARGUMENT SCHEME_FILE_INVALID\n"
            "  r.json: thresholds[0].percent is 101; 0 to 100\n"
            "  allowed = 0 to 100\n"
            "  file = r.json\n"
            "  path = thresholds[0].percent\n"
            "  value = 101\n");
}

TEST_F(SchemeCommands, RefusesWhatCannotBePublished) {
  EXPECT_EQ(tool_.Run({"scheme", "publish"}).code, 2);
  EXPECT_EQ(tool_.Run({"scheme", "publish", "/nonexistent/rule-sets/a.json"}).code, 2);
  EXPECT_EQ(tool_.Run({"scheme", "publish", file_, "--format", "xml"}).code, 2);
  EXPECT_THAT(tool_.Run({"scheme", "publish", dir_.File("s"), "--id", "x"}).err,
              HasSubstr("--id goes with one file only"));
  EXPECT_THAT(tool_.Run({"scheme", "publish", dir_.Write("x.json", "")}).err,
              HasSubstr("SCHEME_UNCLEAR"));
}

TEST_F(SchemeCommands, ListsRevisions) {
  RunResult result = tool_.Run({"scheme", "revisions", "ruleSets/r", "--scheme", "s"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("r@2"));
  EXPECT_THAT(result.out, HasSubstr("r@1"));
  result = tool_.Run({"scheme", "revisions", "ruleSets/r", "-o", "ndjson"});
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
  EXPECT_THAT(tool_.Run({"scheme", "revisions", "r"}).err, HasSubstr("NAME_INVALID"));
}

TEST_F(SchemeCommands, SetsAndListsAliases) {
  RunResult result = tool_.Run(
      {"scheme", "alias", "set", "schemes/s/ruleSets/r", "current", "2", "--from", "2027-01-01"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("current names schemes/s/ruleSets/r@2 today\n"));
  EXPECT_EQ(catalogue_.set_alias_.revision(), 2u);
  EXPECT_EQ(catalogue_.set_alias_.effective_from(), "2027-01-01");
  EXPECT_NE(catalogue_.set_alias_.request_id(), "");
  result = tool_.Run({"scheme", "alias", "list", "ruleSets/r", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["aliases"][0]["name"],
            "schemes/dcc/ruleSets/r/aliases/current");
  EXPECT_EQ(tool_.Run({"scheme", "alias", "set", "ruleSets/r", "current", "two"}).code, 2);
}

TEST_F(SchemeCommands, ComparesRevisionsOfOneDocumentOrOfTwo) {
  RunResult result = tool_.Run({"scheme", "compare", "ruleSets/r@1", "@2"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_THAT(result.out, StartsWith("schemes/dcc/ruleSets/r@1 -> schemes/dcc/ruleSets/r@2\n"));
  result = tool_.Run({"scheme", "compare", "ruleSets/r", "ruleSets/q", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["other"], "schemes/dcc/ruleSets/q");
  EXPECT_EQ(tool_.Run({"scheme", "compare", "ruleSets/r"}).code, 2);
}

TEST_F(SchemeCommands, ExportsToStandardOutputOrAFile) {
  RunResult result = tool_.Run({"scheme", "export", "ruleSets/r", "--format", "yaml"});
  EXPECT_EQ(result.code, 0) << result.err;
  EXPECT_EQ(result.out, "format 2\n");
  EXPECT_EQ(result.err, "loss: schemes/dcc/ruleSets/r@2: notes: left out (1 place)\n");
  const std::string file = dir_.File("out.json");
  result = tool_.Run({"scheme", "export", "ruleSets/r", "-O", file});
  EXPECT_EQ(result.out, "schemes/dcc/ruleSets/r@2 written to " + file + "\n");
  EXPECT_EQ(ReadFileOrDie(file), "format 1\n");
  result = tool_.Run({"scheme", "export", "ruleSets/r", "-o", "json"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["losses"][0]["field"], "notes");
  EXPECT_EQ(tool_.Run({"scheme", "export", "ruleSets/r", "--format", "xml"}).code, 2);
  EXPECT_EQ(tool_.Run({"scheme", "export", "ruleSets/r", "-O", "/nonexistent/x"}).code, 1);
}

}  // namespace
}  // namespace assay::assayctl
