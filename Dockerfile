# The service's image: built with the toolchain, run without it.
FROM swift:6.3-bookworm AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends pkg-config libpq-dev libxlsxwriter-dev libboost-math-dev coinor-libclp-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
# Dependencies first: they change seldom.
COPY Package.swift Package.resolve[d] ./
RUN swift package resolve
COPY Schema Schema
COPY Reports Reports
COPY Benchmarks Benchmarks
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product goutong --static-swift-stdlib \
    && install -s -m 0755 .build/release/goutong /goutong

FROM debian:bookworm-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends ca-certificates libpq5 libxlsxwriter4 coinor-libclp1 libstdc++6 wget \
        postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin goutong
COPY --from=build /goutong /usr/bin/goutong
COPY --chmod=0755 Deploy/goutong-ready /usr/bin/goutong-ready
USER 10001:10001
ENV GOUTONG_HOME=/tmp/goutong
EXPOSE 8080 9090
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/goutong"]
CMD ["serve"]
