#!/bin/sh
# Write the list of users from the environment, then become PgBouncer.
set -eu
umask 077
printf '"kaderjamsos_app" "%s"\n' "$KJ_APP_PASSWORD" >/run/kaderjamsos/userlist.txt
exec pgbouncer /etc/kaderjamsos/pgbouncer.ini
