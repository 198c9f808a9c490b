internal import NIOCore

/// Closes a connection whose next request does not come: its head has `header` to arrive after connecting,
/// and `idle` after the answer before. While a request is being worked on there is no limit here.
final class ConnectionPatience: ChannelDuplexHandler, RemovableChannelHandler {
    // Parts pass through unread, whatever they are.
    typealias InboundIn = Never
    typealias OutboundIn = Never

    private let header: TimeAmount
    private let idle: TimeAmount
    private var timer: Scheduled<Void>?

    init(header: TimeAmount, idle: TimeAmount) {
        self.header = header
        self.idle = idle
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { wait(header, context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        wait(header, context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        timer?.cancel()
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        wait(idle, context)
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { timer?.cancel() }

    private func wait(_ time: TimeAmount, _ context: ChannelHandlerContext) {
        timer?.cancel()
        let channel = context.channel
        timer = context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }
}
