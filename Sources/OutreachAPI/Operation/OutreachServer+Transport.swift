internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
internal import NIOCore

extension OutreachServer {
    /// HTTP/1.1, with TLS where there is a certificate.
    static func transport(_ configuration: OutreachServerConfiguration) throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(configuration: http(configuration))
        guard let tls = configuration.tls else { return plain }
        do {
            var secure = TLSConfiguration.makeServerConfiguration(
                certificateChain: try NIOSSLCertificate.fromPEMFile(tls.certificate).map {
                    .certificate($0)
                },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.key, format: .pem)))
            secure.minimumTLSVersion = .tlsv12
            return try .tls(plain, tlsConfiguration: secure)
        } catch {
            throw ServiceRefusal.badCertificate
        }
    }

    static func http(_ configuration: OutreachServerConfiguration) -> HTTP1Channel.Configuration {
        let header = TimeAmount(configuration.headerTimeout)
        let idle = TimeAmount(configuration.idleTimeout)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionPatience(header: header, idle: idle)],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100))
    }
}
