import Foundation

/// The configuration files Goutong writes beside the data, as text.
struct ClusterSettings {
    let layout: ClusterLayout
    let account: ClusterAccount
    /// Bytes of memory this machine, or this container, may use.
    let memory: UInt64

    /// A slow disk must never turn a crash into lost meetings, and no value of a row may reach the log: hence
    /// `terse` (no DETAIL, which quotes keys) and `log`, which ranks above ERROR (whose messages quote
    /// input).
    var postgresql: String {
        """
        # Written by Goutong at each start; your own settings belong in local.conf, which it never writes.

        # Who is let in: the local socket only.
        listen_addresses = ''
        port = \(ClusterLayout.port)
        unix_socket_directories = \(Self.quoted(Self.listed(layout.socket(for: account))))
        unix_socket_permissions = 0700
        hba_file = \(Self.quoted(layout.configuration + "/pg_hba.conf"))
        ident_file = \(Self.quoted(layout.configuration + "/pg_ident.conf"))
        password_encryption = 'scram-sha-256'

        # What was committed stays.
        fsync = on
        synchronous_commit = on
        full_page_writes = on
        wal_level = replica

        # Memory.
        shared_buffers = \(Self.sharedBuffers(memory: memory))MB

        # The log, a file for each day of the week, without values.
        log_destination = 'stderr'
        logging_collector = on
        log_directory = \(Self.quoted(layout.log))
        log_filename = 'postgresql-%a.log'
        log_file_mode = 0600
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_min_messages = log
        log_error_verbosity = terse
        log_statement = 'none'
        log_min_error_statement = panic
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0

        # Moments are stored and shown in UTC; the application knows the calendar of its federation.
        timezone = 'UTC'
        log_timezone = 'UTC'

        include_if_exists = \(Self.quoted(layout.configuration + "/local.conf"))

        """
    }

    /// Peer authentication on the socket and nothing else; a network line would be refused by omission.
    var hba: String {
        """
        # Written by Goutong at each start. TYPE DATABASE USER METHOD
        local all all peer map=goutong
        local replication all peer map=goutong

        """
    }

    /// The cluster's own account is its superuser; root, who could become that account anyway, is the
    /// service.
    var ident: String {
        """
        # Written by Goutong at each start. MAP ACCOUNT ROLE
        goutong \(Self.token(account.name)) \(ClusterLayout.superuser)
        goutong \(Self.token(account.name)) \(ClusterLayout.service)
        goutong \(Self.token(account.name)) \(ClusterRoles.login)
        goutong root \(ClusterLayout.service)
        goutong root \(ClusterRoles.login)

        """
    }

    /// MiB: an eighth of the memory, at least 128 and at most 512.
    static func sharedBuffers(memory: UInt64) -> UInt64 { min(max((memory >> 20) / 8, 128), 512) }

    /// Bytes of physical memory, or of the control group's limit where that is lower.
    static func availableMemory() -> UInt64 {
        let limit = (try? String(contentsOfFile: "/sys/fs/cgroup/memory.max", encoding: .utf8))
            .flatMap { UInt64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        return min(ProcessInfo.processInfo.physicalMemory, limit ?? .max)
    }

    /// A string of postgresql.conf.
    private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    // The socket folders are a comma-separated list inside that string, so a comma needs quotes of its own.
    private static func listed(_ path: String) -> String { "\"" + path + "\"" }

    private static func token(_ name: String) -> String { "\"" + name.replacing("\"", with: "\"\"") + "\"" }
}
