// swift-tools-version: 6.2
import PackageDescription

// Every import in Sources and Tests is declared here; `Scripts/lint` compares the two.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")

let package = Package(
    name: "goutong",
    products: [.executable(name: "goutong", targets: ["goutong"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C: the only doors to libpq, libxlsxwriter, Boost.Math, Clp, epoll, the terminal and the file system.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "CBoostMath"),
        .target(name: "CLinearProgram"),
        .target(name: "CEventLoop"),
        .target(name: "CFileSystem"),
        .target(name: "CTerminal"),

        // What the binary carries: SQL and public lists, pages and words.
        .target(
            name: "Schema", path: "Schema", exclude: ["README.md", "Derivation", "schema.sql"],
            sources: ["Schema.swift"],
            resources: [
                "Migrations/0001_reference.sql", "Migrations/0002_ledger.sql",
                "Migrations/0003_journey.sql", "Migrations/0004_latest_venue.sql",
                "Migrations/0005_service.sql", "Migrations/0006_counting_applications.sql",
                "Migrations/0007_cell.sql", "Migrations/0008_import.sql", "Migrations/0009_issue.sql",
                "Migrations/0010_stated.sql", "Migrations/0011_answer_and_ownership.sql",
                "Verify/0001_reference_verify.sql", "Verify/0002_ledger_verify.sql",
                "Verify/0003_journey_verify.sql", "Verify/0004_latest_venue_verify.sql",
                "Verify/0005_service_verify.sql", "Verify/0006_counting_applications_verify.sql",
                "Verify/0007_cell_verify.sql", "Verify/0008_import_verify.sql",
                "Verify/0009_issue_verify.sql", "Verify/0010_stated_verify.sql",
                "Verify/0011_answer_and_ownership_verify.sql",
                "Reference/area.csv", "Reference/area_alias.csv", "Reference/area_succession.csv",
                "Reference/industry.csv", "Reference/org_unit.csv", "Reference/programme_unit.csv",
                "Reference/registration_type.csv",
            ].map { .embedInCode($0) },
            swiftSettings: settings),

        // The domain and its arithmetic, pure: no input or output, no clock.
        .target(name: "Outreach", swiftSettings: settings),
        .target(
            name: "Funnel", dependencies: ["Outreach", "CBoostMath", "CLinearProgram", crypto],
            swiftSettings: settings),
        .target(name: "SampleData", dependencies: ["Outreach"], swiftSettings: settings),

        // Storage.
        .target(
            name: "PostgresClient", dependencies: ["CLibPQ", "CEventLoop"],
            // The one module with C pointers: each use is marked.
            swiftSettings: settings + [.strictMemorySafety()]),
        .target(
            name: "PrivateCluster", dependencies: ["Outreach", "CFileSystem"], swiftSettings: settings),
        .target(
            name: "Vault", dependencies: ["CFileSystem", crypto, cryptoExtras], swiftSettings: settings),
        .target(
            name: "OutreachStore",
            dependencies: ["PostgresClient", "Schema", "Outreach", "Funnel", "Vault"],
            swiftSettings: settings),

        // What people see.
        .target(
            name: "Reports", path: "Reports", sources: ["Reports.swift"],
            resources: [
                "Pages/weekly.mustache", "Pages/comparison.mustache", "Pages/funnel.mustache",
                "Pages/section.mustache", "Pages/table.mustache",
                "Pages/report.css", "Strings/zh-Hans.json", "Strings/en.json",
                "Loaders/load.py", "Loaders/load.sql", "Loaders/load.R",
            ].map { .embedInCode($0) },
            swiftSettings: settings),
        .target(name: "TerminalCells", swiftSettings: settings),
        .target(
            name: "Reporting",
            dependencies: [
                "Outreach", "TerminalCells", "Funnel", "Reports", "CXlsxWriter",
                .product(name: "Mustache", package: "swift-mustache"),
            ],
            swiftSettings: settings),
        .target(
            name: "MeetingForm", dependencies: ["Outreach", "TerminalCells", "CTerminal"],
            swiftSettings: settings),

        // Over the network: the service, and the terminal as its client.
        .target(
            name: "OutreachAPI",
            dependencies: [
                "Outreach", "Funnel", "PostgresClient", "Vault", "OutreachStore", "Reporting",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            resources: [.embedInCode("openapi.json")], swiftSettings: settings),
        .target(
            name: "OutreachClient",
            dependencies: [
                "Outreach", "Vault", "CFileSystem",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: settings),

        // Where it comes together.
        .target(
            name: "GoutongCLI",
            dependencies: [
                "Outreach", "Funnel", "SampleData", "PostgresClient", "PrivateCluster", "Vault",
                "OutreachStore", "OutreachAPI", "OutreachClient", "Reporting", "MeetingForm",
                "TerminalCells", "CFileSystem",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "goutong",
            dependencies: [
                "GoutongCLI", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        // Measured by `Scripts/bench`.
        .executableTarget(
            name: "goutong-bench", dependencies: ["OutreachStore", "PostgresClient", "Outreach", "Vault"],
            path: "Benchmarks/Record", swiftSettings: settings),
        .executableTarget(
            name: "goutong-client-bench", dependencies: ["PostgresClient"], path: "Benchmarks/Client",
            swiftSettings: settings),
        .executableTarget(
            name: "goutong-nation-bench",
            dependencies: ["OutreachStore", "PostgresClient", "Outreach", "Funnel"],
            path: "Benchmarks/Nation", swiftSettings: settings),
        .executableTarget(
            name: "goutong-statistics-bench", dependencies: ["Funnel", "Outreach"],
            path: "Benchmarks/Statistics", swiftSettings: settings),

        .target(
            name: "TestSupport", dependencies: ["PostgresClient", "OutreachStore", "Vault", "Outreach"],
            swiftSettings: settings),
        .testTarget(
            name: "OutreachTests", dependencies: ["Outreach"], resources: [.copy("Fixtures")],
            swiftSettings: settings),
        .testTarget(
            name: "FunnelTests", dependencies: ["Funnel", "Outreach"],
            resources: [.copy("Fixtures"), .copy("Edges")],
            swiftSettings: settings),
        .testTarget(
            name: "SampleDataTests", dependencies: ["SampleData", "Outreach"],
            resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(
            name: "PostgresClientTests", dependencies: ["PostgresClient", "TestSupport"],
            exclude: ["thread-sanitizer.txt"],
            swiftSettings: settings),
        .testTarget(
            name: "PrivateClusterTests", dependencies: ["PrivateCluster", "Outreach"],
            swiftSettings: settings),
        .testTarget(
            name: "OutreachStoreTests",
            dependencies: [
                "OutreachStore", "Schema", "PostgresClient", "Vault", "Funnel", "Outreach", "SampleData",
                "TestSupport",
            ],
            exclude: ["recompute.py"], swiftSettings: settings),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "Reports", "Funnel", "Outreach"],
            exclude: ["Snapshots"], swiftSettings: settings),
        .testTarget(
            name: "OutreachAPITests",
            dependencies: [
                "OutreachAPI", "OutreachStore", "PostgresClient", "Vault", "Funnel", "Outreach",
                "Reporting", "TestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["schemathesis.toml", "schemathesis_hooks.py"], swiftSettings: settings),
        // Runs the built command against a service of its own, on a real socket.
        .testTarget(
            name: "OutreachClientTests",
            dependencies: [
                "goutong", "OutreachClient", "OutreachAPI", "OutreachStore", "PostgresClient", "Vault",
                "Outreach", "TestSupport",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),
        // Black box: runs the built command, so the command is built with it.
        .testTarget(
            name: "EndToEndTests", dependencies: ["goutong"], exclude: ["service_faults.py"],
            swiftSettings: settings),
        .testTarget(
            name: "MeetingFormTests",
            dependencies: ["MeetingForm", "TerminalCells", "Outreach", "CTerminal"],
            swiftSettings: settings),
    ],
    cxxLanguageStandard: .cxx17
)
