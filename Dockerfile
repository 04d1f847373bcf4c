# The command line gan in a slim image: no root, no SDK, and it works on a root file system that is read-only. scripts/image.sh makes what is copied here, and
# the image. What is written belongs into /runs (mount a folder there); downloaded data sets are kept in /runs/.cache.
FROM debian:13-slim
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libgomp1 libssl3t64 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /runs --create-home gan
COPY artifacts/image/gan /opt/gan
# Without the second, .NET makes pipes for debuggers, and an image whose /tmp is read-only does not start.
ENV HOME=/runs \
    DOTNET_EnableDiagnostics=0
USER 10001
WORKDIR /runs
VOLUME /runs
ENTRYPOINT ["/opt/gan/gan"]
CMD ["--help"]
