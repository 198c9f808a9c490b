import Funnel
import Outreach

/// What offices stated, behind the keys of the contract.
extension WeeklyReport {
    var statedJSON: [(String, JSONValue)] {
        [
            ("declared", .array(figures.declared.map(declaredJSON))),
            ("targets", .array(figures.targets.map(targetJSON))),
        ]
    }

    private func declaredJSON(_ total: DeclaredTotal) -> JSONValue {
        .object(pairs: [
            ("code", .string(total.code)), ("name", .string(total.name)),
            ("figure", .string(total.figure.rawValue)), ("from", .string(total.from.iso)),
            ("to", .string(total.to.iso)), ("declared", .integer(total.declared)),
            ("recorded", .integer(total.recorded)), ("difference", .integer(total.difference)),
            ("source", .string(total.source)), ("declared_by", .string(total.declaredBy)),
            ("received_on", JSONValue(total.receivedOn?.iso)),
        ])
    }

    private func targetJSON(_ target: TargetProgress) -> JSONValue {
        .object(pairs: [
            ("code", .string(target.code)), ("name", .string(target.name)),
            ("figure", .string(target.figure.rawValue)), ("from", .string(target.from.iso)),
            ("to", .string(target.to.iso)), ("target", .integer(target.target)),
            ("reached", .integer(target.reached)), ("rate", JSONValue(target.share)),
            ("source", .string(target.source)), ("set_by", .string(target.setBy)),
            ("set_on", JSONValue(target.setOn?.iso)),
        ])
    }
}
