internal import Outreach
internal import PostgresClient

/// Firms as an import of meetings sees them, document after document: what the ledger has of those that a batch
/// names, and what the documents before have made of it. It matches as `FirmMatch` does, without asking.
struct FirmBook {
    /// What a firm is called, and since when in this batch.
    struct Identity {
        let firm: FirmID
        var uscc: String?
        let name: String?
        let foldedName: String?
        let district: String
        let areaID: Int
    }

    private struct Name: Hashable {
        let district: String
        let folded: String
    }

    private var byCode: [String: FirmID] = [:]
    private var bare: [Name: Identity] = [:]
    private var namesakes: [Name: Set<FirmID>] = [:]
    private var knownCodes: Set<String> = []
    private var knownNames: Set<Name> = []

    /// Asks for what is not known yet. A firm found by both is one row by each.
    mutating func load(
        _ wanted: [FirmMatch.Wanted], federation: Int, on connection: PostgresConnection
    ) async throws(PostgresError) {
        guard let query = asking(wanted, federation: federation) else { return }
        try take(try await connection.query(query))
    }

    /// The question for firms that are not known yet; they are taken to be known from now on.
    mutating func asking(_ wanted: [FirmMatch.Wanted], federation: Int) -> SQL? {
        let codes = wanted.compactMap { $0.uscc?.text }.filter { knownCodes.insert($0).inserted }
        var names: [Name] = []
        for firm in wanted {
            guard let folded = firm.foldedName else { continue }
            let name = Name(district: firm.district, folded: folded)
            if knownNames.insert(name).inserted { names.append(name) }
        }
        guard !codes.isEmpty || !names.isEmpty else { return nil }
        return """
            SELECT i.firm_id, i.uscc, i.name, i.folded_name, i.district_code, i.area_id, true
            FROM unnest(\(codes)) AS w (uscc)
            JOIN goutong.firm_identity i ON i.federation_id = \(federation) AND i.uscc = w.uscc
                AND i.superseded_at IS NULL
            UNION ALL
            SELECT i.firm_id, i.uscc, i.name, i.folded_name, i.district_code, i.area_id, false
            FROM unnest(\(names.map(\.district)), \(names.map(\.folded))) AS w (district_code, folded_name)
            JOIN goutong.firm_identity i ON i.federation_id = \(federation)
                AND i.district_code = w.district_code AND i.folded_name = w.folded_name
                AND i.superseded_at IS NULL
            """
    }

    mutating func take(_ rows: PostgresRows) throws(PostgresError) {
        for row in rows {
            let (firm, uscc, name, folded, district, area, isByCode) = try row.decode(
                (FirmID, String?, String?, String?, String, Int, Bool).self)
            if isByCode {
                if let uscc, byCode[uscc] == nil { byCode[uscc] = firm }
                continue
            }
            enter(
                Identity(
                    firm: firm, uscc: uscc, name: name, foldedName: folded, district: district, areaID: area),
                isOfLedger: true)
        }
    }

    private mutating func enter(_ identity: Identity, isOfLedger: Bool = false) {
        if let uscc = identity.uscc, !isOfLedger {
            byCode[uscc] = identity.firm
            knownCodes.insert(uscc)
        }
        guard let folded = identity.foldedName else { return }
        let name = Name(district: identity.district, folded: folded)
        if identity.uscc == nil {
            if bare[name] == nil { bare[name] = identity }
        } else {
            namesakes[name, default: []].insert(identity.firm)
        }
    }

    func find(_ wanted: FirmMatch.Wanted) -> FirmMatch.Found {
        let name = wanted.foldedName.map { Name(district: wanted.district, folded: $0) }
        let plain = name.flatMap { bare[$0]?.firm }
        if let uscc = wanted.uscc?.text {
            let coded = byCode[uscc]
            return FirmMatch.Found(firm: coded ?? plain, gainsCode: coded == nil && plain != nil)
        }
        let namesake = name.flatMap { namesakes[$0] }.flatMap { $0.count == 1 ? $0.first : nil }
        return FirmMatch.Found(firm: plain ?? namesake, gainsCode: false)
    }

    /// Whether a firm of this name without a code stands in the district: a second one cannot.
    func hasBare(_ wanted: FirmMatch.Wanted) -> Bool {
        guard wanted.uscc == nil, let folded = wanted.foldedName else { return false }
        return bare[Name(district: wanted.district, folded: folded)] != nil
    }

    mutating func make(_ firm: FirmID, _ row: MeetingRows.Firm) -> Identity {
        let identity = Identity(
            firm: firm, uscc: row.met.uscc?.text, name: row.met.name, foldedName: row.wanted.foldedName,
            district: row.wanted.district, areaID: row.areaID)
        enter(identity)
        return identity
    }

    /// A firm known by name alone gets its code; returns what it is called from now on.
    mutating func gain(_ uscc: CreditCode, _ wanted: FirmMatch.Wanted) -> Identity? {
        guard let folded = wanted.foldedName,
            var identity = bare.removeValue(forKey: Name(district: wanted.district, folded: folded))
        else { return nil }
        identity.uscc = uscc.text
        enter(identity)
        return identity
    }
}
