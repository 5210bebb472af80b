# The platform: site, worker and commands in one image. Built by `docker compose build`.
FROM python:3.11-slim-bookworm AS build
WORKDIR /source
COPY requirements/platform.txt requirements/build.txt requirements/
RUN python -m venv /opt/lianfang \
    && /opt/lianfang/bin/pip install --no-cache-dir --require-hashes -r requirements/platform.txt \
    && /opt/lianfang/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY guides guides
RUN /opt/lianfang/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/lianfang/bin/pip uninstall --yes hatchling

FROM python:3.11-slim-bookworm
# Compiled loops and the home are all that is written; the rest of the container is read-only.
ENV PATH=/opt/lianfang/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    LIANFANG_HOME=/var/lib/lianfang XDG_CACHE_HOME=/var/cache/lianfang
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lianfang \
    && install --directory --owner=lianfang --mode=0711 /var/lib/lianfang \
    && install --directory --owner=lianfang --mode=0700 /var/cache/lianfang
COPY --from=build /opt/lianfang /opt/lianfang
USER lianfang
RUN python -c "from lianfang import Screener; list(Screener().screen(['征信修复,加微信']))"
ENTRYPOINT ["lianfang"]
CMD ["--help"]
