# 读取试点比较文件夹并复核 · Reads a folder of the pilot comparison and checks it.
#   Rscript load.R [FOLDER]
# Base R only. From an internal folder it works out every gap and its interval again (CR2 with Satterthwaite's degrees
# of freedom, townships as clusters); from any folder the totals.
arguments <- commandArgs(trailingOnly = TRUE)
folder <- if (length(arguments) > 0) arguments[[1]] else "."
read <- function(name, text) {
  read.csv(file.path(folder, name), colClasses = setNames(rep("character", length(text)), text),
           na.strings = "", encoding = "UTF-8")
}
cells <- read("cells.csv", c("unit_code", "start_on", "period_from", "period_to", "suppressed"))
totals <- read("totals.csv", c("district_code", "period_from", "period_to", "suppressed"))
estimates <- read("estimates.csv", "suppressed")
internal <- any(grepl('"audience": "internal"', readLines(file.path(folder, "datapackage.json"), encoding = "UTF-8")))

started <- cells[cells$period_to >= cells$start_on, ]
total <- aggregate(cbind(numerator, denominator) ~ arm + stage, started, sum)

cluster <- function(units) {
  n <- sum(units$denominator)
  mean <- sum(units$numerator) / n
  share <- units$denominator / n
  residual <- units$numerator - units$denominator * mean
  products <- units$denominator^2 / (1 - share)
  list(mean = mean, variance = sum(residual^2 / (1 - share)) / n^2, trace = 1 / n,
       square = (sum(units$denominator^2) + (sum(products)^2 - sum(products^2)) / n^2) / n^4)
}

gap <- function(stage) {
  arms <- lapply(c("pilot", "comparison"), function(arm) {
    rows <- started[started$arm == arm & started$stage == stage, ]
    units <- aggregate(cbind(numerator, denominator) ~ unit_code, rows, sum)
    units[units$denominator > 0 | units$numerator > 0, ]
  })
  if (any(vapply(arms, function(units) sum(units$denominator > 0), 1L) < 2)) return(NULL)
  one <- cluster(arms[[1]])
  other <- cluster(arms[[2]])
  df <- (one$trace + other$trace)^2 / (one$square + other$square)
  half <- qt(0.975, df) * sqrt(one$variance + other$variance)
  limits <- one$mean - other$mean + c(-half, half)
  if (stage != "on_site_applications") limits <- pmin(1, pmax(-1, limits))
  c(one$mean - other$mean, limits)
}

wrong <- 0
checked <- 0
whole <- totals[is.na(totals$district_code) & totals$suppressed == "false", ]
for (row in seq_len(nrow(estimates))) {
  line <- estimates[row, ]
  if (grepl("^(rate|ratio)_", line$estimand) && !is.na(line$estimate)) {
    checked <- checked + 1
    match <- whole$arm == sub("^.*_", "", line$estimand) & whole$stage == line$outcome & whole$denominator == line$n &
      whole$numerator == round(line$estimate * line$n)
    if (!any(match)) wrong <- wrong + 1
  }
  if (internal && line$estimand == "gap" && line$method == "cluster_robust_cr2" && !is.na(line$conf_low)) {
    checked <- checked + 1
    ours <- gap(line$outcome)
    if (is.null(ours) || any(abs(ours - c(line$estimate, line$conf_low, line$conf_high)) > 1e-6)) wrong <- wrong + 1
  }
}
cat("checked", checked, "differing", wrong, "\n")
if (wrong > 0 || checked == 0) quit(status = 1)
