#!/bin/sh
# Run by the postgres image when it makes its database: the roles, and their passwords from secrets.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -f /deploy/roles.sql
# Read by psql itself: a password on a command line could be seen by every process.
psql -v ON_ERROR_STOP=1 -U postgres -d postgres <<'END'
\set owner `cat /run/secrets/owner_password`
\set serve `cat /run/secrets/serve_password`
-- Else the statements, passwords included, could reach the server's log.
SET log_statement = 'none';
SET log_min_error_statement = 'panic';
ALTER ROLE goutong PASSWORD :'owner';
ALTER ROLE goutong_serve PASSWORD :'serve';
END
