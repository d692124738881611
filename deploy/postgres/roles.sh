#!/bin/sh
# Runs once, when PostgreSQL makes its data directory: the roles and the database.
#   kj_owner            owns the tables and migrates; no superuser, cannot pass row security
#   kaderjamsos_app     the application: owns nothing, bypasses nothing
#   kj_backup           reads everything for pg_dump; passes row security, writes nothing
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres \
    -v owner_password="$KJ_OWNER_PASSWORD" -v app_password="$KJ_APP_PASSWORD" \
    -v backup_password="$KJ_BACKUP_PASSWORD" <<'SQL'
CREATE ROLE kj_owner LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE kaderjamsos_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE
    PASSWORD :'app_password';
CREATE ROLE kj_backup LOGIN NOSUPERUSER BYPASSRLS NOCREATEDB NOCREATEROLE
    PASSWORD :'backup_password';
GRANT pg_read_all_data TO kj_backup;
CREATE DATABASE kaderjamsos OWNER kj_owner;
GRANT CONNECT ON DATABASE kaderjamsos TO kj_backup;
SQL
