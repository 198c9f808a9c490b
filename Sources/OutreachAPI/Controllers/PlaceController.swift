internal import Hummingbird
internal import Outreach
internal import OutreachStore
internal import PostgresClient

/// `/v1/areas` and `/v1/org-units`: the dated map, which is everybody's, and the union tree below the
/// account's unit.
struct PlaceController: Sendable {
    let ledger: Ledger

    func register(in router: RouterGroup<APIContext>) {
        router.get("areas", use: areas)
        router.get("org-units", use: units)
    }

    /// Districts, streets and townships of a day, in code order.
    @Sendable func areas(request: Request, context: APIContext) async throws -> Response {
        _ = try context.acting()
        let query = try QueryReader(request, known: ["on", "district"])
        let day = try query.day("on") ?? OfficeTime.day(of: .now)
        let district = try query.areaCode("district")
        let valid = (ledger.areas.districts + ledger.areas.townships).filter { area in
            area.isValid(on: day) && (district == nil || area.district == district)
        }
        let items = valid.sorted { $0.code < $1.code }.map { area in
            JSONValue.object([
                .init("code", .string(area.code)), .init("name", .string(area.name)),
                .init("aliases", .array(area.aliases.map(JSONValue.string))),
                .init("district", .string(area.district)),
                .init("district_name", .string(area.districtName)),
                .init("valid_from", .string(area.validFrom.iso)),
                .init("valid_to", area.validTo.map { .string($0.iso) } ?? .null),
            ])
        }
        return Response(.object([.init("on", .string(day.iso)), .init("items", .array(items))]))
    }

    @Sendable func units(request: Request, context: APIContext) async throws -> Response {
        let authority = try context.acting()
        guard let account = authority.account else { throw Problem.notFound }
        let units = try await ledger.reading(as: authority, requiring: []) { connection in
            try await OrgUnit.below(account, of: ledger.federation, on: connection)
        }
        let items = units.map { unit in
            JSONValue.object([
                .init("code", .string(unit.code)),
                .init("parent", unit.parent.map(JSONValue.string) ?? .null),
                .init("kind", .string(unit.kind)), .init("name", .string(unit.name)),
                .init("area", unit.areaCode.map(JSONValue.string) ?? .null),
            ])
        }
        return Response(.object([.init("items", .array(items))]))
    }
}
