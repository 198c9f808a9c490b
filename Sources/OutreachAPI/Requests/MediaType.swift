internal import Foundation
internal import Hummingbird
internal import NIOCore
internal import Outreach
internal import Reporting

/// What a report can come as.
enum MediaType: String, NegotiatedType {
    case json = "application/json"
    case html = "text/html"
    case csv = "text/csv"
    case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    /// As the terminal shows it.
    case text = "text/plain"

    var fileExtension: String { self == .text ? "txt" : "\(self)" }

    var contentType: String {
        switch self {
        case .json, .xlsx: rawValue
        case .html, .csv, .text: rawValue + "; charset=utf-8"
        }
    }
}

extension Response {
    /// A folder of files, as one archive.
    init(archive bytes: [UInt8], named name: String) {
        self.init(
            status: .ok,
            headers: [
                .contentType: "application/x-tar", .vary: "Accept, Accept-Language, Authorization, Cookie",
                .cacheControl: "private, no-cache",
                .contentDisposition: "attachment; filename=\"\(name).tar\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A finished report. Its name is a file's, since that is what people make of it.
    init(_ bytes: [UInt8], as type: MediaType, named name: String) {
        let disposition = type == .csv || type == .xlsx ? "attachment" : "inline"
        self.init(
            status: .ok,
            headers: [
                .contentType: type.contentType, .vary: "Accept, Accept-Language, Authorization, Cookie",
                .cacheControl: "private, no-cache",
                .contentDisposition: "\(disposition); filename=\"\(name).\(type.fileExtension)\"",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// A JSON document for one account.
    init(_ value: JSONValue, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json"
        headers[.cacheControl] = "private, no-cache"
        self.init(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: value.text())))
    }
}

extension Request {
    var language: Language { preferredLanguage == "en" ? .en : .zh }
}
