-- wrk posts meetings: the document of RecordBenchmark.swift, each with an id of its own, to `goutong serve`.
--   GOUTONG_BENCH_TOKEN=gt1.… wrk --latency -c 16 -t 1 -d 3 -s meetings.wrk.lua URL AREA
-- Prints one line `{"rate","p50_ms","p99_ms","refused"}` for Scripts/bench.
local token = os.getenv("GOUTONG_BENCH_TOKEN")
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(arguments)
  local noise = io.open("/dev/urandom", "rb")
  local a, b, c, d = noise:read(4):byte(1, 4)
  noise:close()
  math.randomseed(((a * 256 + b) * 256 + c) * 256 + d + number)
  area = arguments[1]
  headers = {["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token}
end

-- UUIDv7: milliseconds, then random bits.
local function minted()
  local now = os.time() * 1000 + math.random(0, 999)
  return string.format("%08x-%04x-7%03x-%04x-%06x%06x", math.floor(now / 65536), now % 65536,
    math.random(0, 0xfff), math.random(0x8000, 0xbfff), math.random(0, 0xffffff), math.random(0, 0xffffff))
end

local document = [[{"schema":"goutong.meeting/1","id":"%s","kind":"enterprise","held_on":"2018-06-15",
"starts_at":"14:00","ends_at":"15:30","area":"%s","venue":{"kind":"building","name":"示例大厦三层会议室"},
"format":"group","organisers":["示例街道总工会"],"staff":[{"name":"工会干部01","hours":2.5}],
"counts":{"attended":9,"leaflets":30},"firms":[
{"name":"北京示例物流有限公司 %s","union_status":"unorganised","headcount":180,"attitude":"supportive",
"questions":["建会流程","2%%经费"],"intent":{"form":"letter","on":"2018-06-15"},
"next_step":{"what":"报送筹备组名单","due":"2018-06-29","owner":"工会干部01"}},
{"name":"北京示例科技股份有限公司 %s","union_status":"organised","headcount":320}]}]]

function request()
  local id = minted()
  return wrk.format("POST", "/v1/meetings", headers, document:format(id, area, id, id))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"rate":%.2f,"p50_ms":%.3f,"p99_ms":%.3f,"refused":%d}\n',
    summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
