public import Funnel
import Foundation
import Reports

/// A pilot comparison could not be written. Names a file, never what is in it.
public enum PilotFolderError: Error, Hashable, Sendable {
    /// A file or the folder itself, by its name in the folder ("" for the folder).
    case file(String)
    case workbook(WorkbookError)
}

/// The folder of a pilot comparison: what an analyst loads, a cadre opens and a reader can check.
///
/// `README.md datapackage.json cells.csv estimates.csv comparison.xlsx comparison.html`, with `totals.csv` and
/// loaders for Python, DuckDB and R. The CSV files are in the `data` profile, for programs; spreadsheets have the
/// workbook.
public struct PilotFolder: Sendable {
    public let comparison: PilotComparison
    public let language: Language
    let words: Catalogue

    public init(_ comparison: PilotComparison, language: Language) {
        self.comparison = comparison
        self.language = language
        words = Catalogue(language)
    }

    /// The text files by name, in the order of the contract.
    public var textFiles: [(name: String, text: String)] {
        [
            ("README.md", readme), ("datapackage.json", dataPackage), ("cells.csv", cells(.data)),
            ("estimates.csv", estimates(.data)), ("totals.csv", totals(.data)), ("comparison.html", html),
            ("load.py", ReportResource.pythonLoader.text), ("load.sql", ReportResource.duckLoader.text),
            ("load.R", ReportResource.rLoader.text),
        ]
    }

    /// What `write` makes.
    public static let fileNames: Set<String> = [
        "README.md", "datapackage.json", "cells.csv", "estimates.csv", "comparison.xlsx",
        "comparison.html", "totals.csv", "load.py", "load.sql", "load.R",
    ]

    /// Writes the files, making the folder where it is missing. Files of the same names are replaced.
    public func write(to directory: String) throws(PilotFolderError) {
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw PilotFolderError.file("")
        }
        for file in textFiles {
            do {
                try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
            } catch {
                throw PilotFolderError.file(file.name)
            }
        }
        do {
            try writeWorkbook(to: folder.appendingPathComponent("comparison.xlsx").path)
        } catch {
            throw PilotFolderError.workbook(error)
        }
    }

    private var html: String { PilotContents(self).html }
}
