# One image for web, worker, beat and migrations; the command tells which.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/
RUN /opt/venv/bin/pip install --no-deps --require-hashes -r /tmp/requirements.txt \
    && /opt/venv/bin/pip check

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv/state --create-home kaderjamsos \
    && install -d -o kaderjamsos -g kaderjamsos -m 0700 /srv/files
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/tmp \
    KJ_ENV=production \
    KJ_HOME=/srv/state \
    KJ_PRIVATE_ROOT=/srv/files \
    HOST=0.0.0.0
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/app
COPY . .
# Static files and catalogues belong to the image. The keys here are used for nothing else.
RUN KJ_SECRET_KEY=build KJ_FIELD_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    KJ_DIGEST_KEY=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= KJ_HOSTS=build \
    DATABASE_URL=postgresql://a:a@db/a DATABASE_OWNER_URL=postgresql://o:o@db/a \
    REDIS_URL=redis://broker/0 \
    sh -c 'bin/compile-catalogues && python manage.py collectstatic --noinput --verbosity=0' \
    && chown -R kaderjamsos:kaderjamsos /srv/state
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["gunicorn", "kaderjamsos.wsgi", "--config", "deploy/gunicorn.py"]
