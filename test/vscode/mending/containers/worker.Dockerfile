FROM debian:10-slim

RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/*
COPY worker /usr/local/bin/worker
USER nobody
CMD ["worker"]
