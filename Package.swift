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

let package = Package(
    name: "goutong",
    products: [.executable(name: "goutong", targets: ["goutong"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        // C: the only doors to libpq, libxlsxwriter, epoll and the terminal.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXlsxWriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .target(name: "CEventLoop"),
        .target(name: "CTerminal"),

        // What is bundled: SQL and reference data, pages and words.
        .target(
            name: "Schema", path: "Schema",
            exclude: ["Verify", "README.md", "schema.sql", "Derivation"],
            resources: [
                .embedInCode("Migrations"), .embedInCode("Reference"),
            ],
            swiftSettings: settings),

        // The domain, pure: no input or output, no clock.
        .target(name: "Outreach", swiftSettings: settings),
        .target(name: "Funnel", dependencies: ["Outreach"], swiftSettings: settings),
    ]
)
