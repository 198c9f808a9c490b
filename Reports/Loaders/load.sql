-- 读取试点比较文件夹并复核 · Reads a folder of the pilot comparison and checks it, in DuckDB.
-- In the folder: duckdb -c ".read load.sql". Table `gap` has every gap and its interval worked out again (CR2 with
-- Satterthwaite's degrees of freedom, townships as clusters), from an internal folder; `total` the totals.
CREATE OR REPLACE TABLE cells AS SELECT * FROM read_csv('cells.csv', header = true, types = {
    'unit_code': 'VARCHAR', 'start_on': 'DATE', 'period_from': 'DATE', 'period_to': 'DATE', 'numerator': 'BIGINT',
    'denominator': 'BIGINT', 'open': 'BIGINT', 'suppressed': 'BOOLEAN'});
CREATE OR REPLACE TABLE totals AS SELECT * FROM read_csv('totals.csv', header = true, types = {
    'district_code': 'VARCHAR', 'period_from': 'DATE', 'period_to': 'DATE', 'numerator': 'BIGINT',
    'denominator': 'BIGINT', 'suppressed': 'BOOLEAN'});
CREATE OR REPLACE TABLE estimates AS SELECT * FROM read_csv('estimates.csv', header = true, types = {
    'estimate': 'DOUBLE', 'conf_low': 'DOUBLE', 'conf_high': 'DOUBLE', 'n': 'BIGINT', 'clusters': 'BIGINT',
    'p_raw': 'DOUBLE', 'p_bh': 'DOUBLE', 'suppressed': 'BOOLEAN'});

-- Sums of what is shown, since each unit's start.
CREATE OR REPLACE VIEW total AS
SELECT arm, stage, coalesce(sum(numerator), 0)::BIGINT AS numerator, coalesce(sum(denominator), 0)::BIGINT AS denominator,
    count(*) FILTER (suppressed) AS suppressed_rows
FROM cells WHERE period_to >= start_on GROUP BY arm, stage;

CREATE OR REPLACE TABLE arm AS
WITH unit AS (
    SELECT arm, stage, unit_code, sum(numerator)::DOUBLE AS x, sum(denominator)::DOUBLE AS n
    FROM cells WHERE period_to >= start_on GROUP BY ALL HAVING sum(denominator) > 0 OR sum(numerator) > 0
), whole AS (
    SELECT arm, stage, sum(x) AS x, sum(n) AS n, count(*) FILTER (n > 0) AS townships FROM unit GROUP BY ALL
    HAVING count(*) FILTER (n > 0) > 1
)
SELECT w.arm, w.stage, any_value(w.x / w.n) AS mean,
    sum(pow(u.x - u.n * w.x / w.n, 2) / (1 - u.n / w.n)) / any_value(pow(w.n, 2)) AS variance,
    any_value(1 / w.n) AS trace,
    (sum(pow(u.n, 2)) + (pow(sum(pow(u.n, 2) / (1 - u.n / w.n)), 2) - sum(pow(pow(u.n, 2) / (1 - u.n / w.n), 2)))
        / any_value(pow(w.n, 2))) / any_value(pow(w.n, 4)) AS trace_of_square
FROM unit u JOIN whole w USING (arm, stage) GROUP BY w.arm, w.stage;

-- Student's quantile by Simpson's rule: with t = sqrt(df) tan(a), the density is cos(a) to the power df - 1.
CREATE OR REPLACE MACRO area(angle, df) AS angle / 4000 / 3 * list_sum([
    (CASE WHEN i IN (0, 4000) THEN 1 WHEN i % 2 = 1 THEN 4 ELSE 2 END)
        * pow(greatest(0, cos(angle * i / 4000)), df - 1) FOR i IN range(0, 4001)]);

CREATE OR REPLACE TABLE gap AS
WITH RECURSIVE pair AS (
    SELECT p.stage, p.mean - c.mean AS gap, sqrt(p.variance + c.variance) AS se,
        pow(p.trace + c.trace, 2) / (p.trace_of_square + c.trace_of_square) AS df
    FROM arm p JOIN arm c USING (stage)
    WHERE p.arm = 'pilot' AND c.arm = 'comparison' AND p.variance + c.variance > 0
), half AS (
    SELECT stage, df, area(pi() / 2, df) AS half FROM pair
), search AS (
    SELECT stage, df, half, 0.0::DOUBLE AS low, (pi() / 2)::DOUBLE AS high, 0 AS step FROM half
    UNION ALL
    SELECT stage, df, half,
        CASE WHEN area((low + high) / 2, df) / half < 0.95 THEN (low + high) / 2 ELSE low END,
        CASE WHEN area((low + high) / 2, df) / half < 0.95 THEN high ELSE (low + high) / 2 END, step + 1
    FROM search WHERE step < 45
)
SELECT stage, gap AS estimate,
    CASE WHEN stage = 'on_site_applications' THEN gap - t * se ELSE greatest(-1, gap - t * se) END AS conf_low,
    CASE WHEN stage = 'on_site_applications' THEN gap + t * se ELSE least(1, gap + t * se) END AS conf_high
FROM pair JOIN (SELECT stage, sqrt(df) * tan(low) AS t FROM search WHERE step = 45) USING (stage);
