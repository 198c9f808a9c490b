internal import OutreachStore

/// The table of contents of a dump, as `pg_restore --list` prints it.
struct DumpContents {
    /// Tables with the policy by which the owner sees them.
    let ownersTables: [String]
    /// The list without these policies.
    let withoutOwnersPolicies: String

    init(_ list: String) {
        var tables: [String] = []
        var kept: [Substring] = []
        for line in list.split(separator: "\n") {
            // `3519; 3256 16789 POLICY goutong account operator goutong`
            let words = line.split(separator: " ")
            if words.count >= 7, words[3] == "POLICY", words[4] == "goutong",
                words[6] == OperatorPolicies.name
            {
                tables.append(String(words[5]))
            } else {
                kept.append(line)
            }
        }
        ownersTables = tables
        withoutOwnersPolicies = kept.joined(separator: "\n") + "\n"
    }
}
