/* The peer of `goutong-client-bench`: the same work by libpq alone, in C. Built by Scripts/bench.
 *
 *   libpq_peer CONNINFO one|threads|pipeline|rows COUNT
 *
 * one: seconds, SELECT 1 prepared, one after another · threads: the same on 16 threads, a connection each ·
 * pipeline: seconds, flights of 64 with one sync each · rows: runs, bench_rows read whole and decoded.
 * Prints how many statements, or rows, a second. */
#include <endian.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { THREADS = 16, DEPTH = 64 };
static const char *conninfo;
static double seconds;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void fail(const char *what) {
    fprintf(stderr, "libpq_peer: %s\n", what);
    exit(1);
}

static PGconn *connected(const char *statement) {
    PGconn *c = PQconnectdb(conninfo);
    if (PQstatus(c) != CONNECTION_OK) fail(PQerrorMessage(c));
    PGresult *r = PQprepare(c, "s", statement, 0, NULL);
    if (PQresultStatus(r) != PGRES_COMMAND_OK) fail(PQerrorMessage(c));
    PQclear(r);
    return c;
}

static int32_t int4(PGresult *r, int row, int column) {
    int32_t v;
    memcpy(&v, PQgetvalue(r, row, column), 4);
    return (int32_t)be32toh((uint32_t)v);
}

static int64_t int8(PGresult *r, int row, int column) {
    int64_t v;
    memcpy(&v, PQgetvalue(r, row, column), 8);
    return (int64_t)be64toh((uint64_t)v);
}

static void *one(void *total) {
    PGconn *c = connected("SELECT 1");
    double start = now();
    long done = 0;
    while (now() - start < seconds) {
        PGresult *r = PQexecPrepared(c, "s", 0, NULL, NULL, NULL, 1);
        if (PQresultStatus(r) != PGRES_TUPLES_OK || int4(r, 0, 0) != 1) fail(PQerrorMessage(c));
        PQclear(r);
        done++;
    }
    *(double *)total = done / (now() - start);
    PQfinish(c);
    return NULL;
}

static double threads(void) {
    pthread_t thread[THREADS];
    double rate[THREADS], sum = 0;
    for (int i = 0; i < THREADS; i++) pthread_create(&thread[i], NULL, one, &rate[i]);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        sum += rate[i];
    }
    return sum;
}

static double pipeline(void) {
    PGconn *c = connected("SELECT 1");
    if (PQsetnonblocking(c, 1) != 0) fail("non-blocking");
    double start = now();
    long done = 0;
    while (now() - start < seconds) {
        PQenterPipelineMode(c);
        for (int i = 0; i < DEPTH; i++)
            if (!PQsendQueryPrepared(c, "s", 0, NULL, NULL, NULL, 1)) fail(PQerrorMessage(c));
        PQpipelineSync(c);
        while (PQflush(c) == 1) {}
        for (int i = 0; i < DEPTH; i++) {
            PGresult *r = PQgetResult(c);
            if (PQresultStatus(r) != PGRES_TUPLES_OK || int4(r, 0, 0) != 1) fail(PQerrorMessage(c));
            PQclear(r);
            if (PQgetResult(c)) fail("a second result");
        }
        PGresult *sync = PQgetResult(c);
        if (PQresultStatus(sync) != PGRES_PIPELINE_SYNC) fail("no sync");
        PQclear(sync);
        PQexitPipelineMode(c);
        done += DEPTH;
    }
    double rate = done / (now() - start);
    PQfinish(c);
    return rate;
}

struct row {
    int64_t id;
    int32_t number;
    double share;
    char *name;
    int32_t day;
    int64_t moment;
};

static double rows(int runs) {
    PGconn *c = connected("SELECT id, number, share, name, day, moment FROM bench_rows");
    double start = now();
    long done = 0;
    for (int run = 0; run < runs; run++) {
        PGresult *r = PQexecPrepared(c, "s", 0, NULL, NULL, NULL, 1);
        if (PQresultStatus(r) != PGRES_TUPLES_OK) fail(PQerrorMessage(c));
        int n = PQntuples(r);
        struct row *decoded = malloc(n * sizeof *decoded);
        for (int i = 0; i < n; i++) {
            int64_t bits = int8(r, i, 2);
            decoded[i].id = int8(r, i, 0);
            decoded[i].number = int4(r, i, 1);
            memcpy(&decoded[i].share, &bits, 8);
            decoded[i].name = strndup(PQgetvalue(r, i, 3), PQgetlength(r, i, 3));
            decoded[i].day = int4(r, i, 4);
            decoded[i].moment = int8(r, i, 5);
        }
        done += n;
        for (int i = 0; i < n; i++) free(decoded[i].name);
        free(decoded);
        PQclear(r);
    }
    double rate = done / (now() - start);
    PQfinish(c);
    return rate;
}

int main(int argc, char **argv) {
    if (argc != 4) fail("usage: libpq_peer CONNINFO one|threads|pipeline|rows COUNT");
    conninfo = argv[1];
    seconds = atof(argv[3]);
    double rate = 0;
    if (!strcmp(argv[2], "one")) one(&rate);
    else if (!strcmp(argv[2], "threads")) rate = threads();
    else if (!strcmp(argv[2], "pipeline")) rate = pipeline();
    else if (!strcmp(argv[2], "rows")) rate = rows(atoi(argv[3]));
    else fail("no such work");
    printf("%f\n", rate);
    return 0;
}
