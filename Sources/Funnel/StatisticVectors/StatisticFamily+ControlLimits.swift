internal import Outreach

extension StatisticFamily {
    static let controlLimits = [
        StatisticFamily(name: "funnel_limits_exact") { input throws(DocumentIssue) in
            let target = try input.number("theta0", in: 0...1)
            let n = try input.integer("n")
            let levels = input.has("p") ? try input.shares("p") : ControlLimits.levels
            let limits = levels.map { ControlLimits.exact(target: target, n: n, p: $0) }
            return .members(["limits": n == 0 ? .null : .figures(limits)])
        },
        StatisticFamily(name: "funnel_overdispersion") { input throws(DocumentIssue) in
            let q = input.has("q") ? try input.number("q", in: 0...0.4999) : 0.1
            let target = input.has("theta0") ? try input.number("theta0", in: 0...1) : nil
            let dispersion = OverDispersion(try input.proportions(), target: target, q: q)
            guard let factor = dispersion.factor else {
                return .members([
                    "theta0": .figure(dispersion.target), "phi_raw": .null, "phi_winsorised": .null,
                    "phi_corrected": .null, "overdispersed": .null,
                    "note": .string(
                        dispersion.target == nil ? "no n above 0" : "theta0 in {0,1}: z undefined"),
                ])
            }
            func limits(_ tail: Double) -> JSONValue {
                .array((dispersion.limits(tail: tail) ?? []).map(JSONValue.ends))
            }
            return .members([
                "theta0": .figure(dispersion.target), "z": .figures(factor.z),
                "z_lo": .figure(factor.winsorisedAt.lower), "z_hi": .figure(factor.winsorisedAt.upper),
                "phi_raw": .figure(factor.raw), "phi_winsorised": .figure(factor.winsorised),
                "c_q": .figure(factor.correction), "phi_corrected": .figure(factor.corrected),
                "I": .integer(factor.z.count), "overdispersed": .bool(factor.isPresent),
                "phi_used": .figure(factor.used), "limits95": limits(0.025), "limits998": limits(0.001),
            ])
        },
    ]
}
