-- What a superuser runs once on a PostgreSQL server of one's own, before `goutong db migrate`:
--   psql -v ON_ERROR_STOP=1 -d postgres -f roles.sql
-- The private cluster does this by itself. Harmless when run again.
--
-- Passwords are set apart, so that none stands in a file: \password goutong and \password goutong_serve in
-- psql, or none at all with certificates or peer authentication.
DO $$
DECLARE
    v_role text;
BEGIN
    FOREACH v_role IN ARRAY ARRAY['goutong_service', 'goutong_reader', 'goutong_recorder',
                                  'goutong_figures', 'goutong_analyst'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = v_role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', v_role);
        END IF;
    END LOOP;
    -- Owns the schema: migrations, and the terminal on the machine itself.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'goutong') THEN
        CREATE ROLE goutong LOGIN NOSUPERUSER NOCREATEROLE NOREPLICATION NOBYPASSRLS;
    END IF;
    -- The login of `goutong serve`: it owns nothing and inherits nothing.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'goutong_serve') THEN
        CREATE ROLE goutong_serve LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION
            NOBYPASSRLS;
    END IF;
END
$$;
GRANT goutong_service, goutong_reader, goutong_recorder, goutong_figures TO goutong_serve;

-- CREATE DATABASE cannot stand in a block; \gexec runs it only where it lacks.
SELECT 'CREATE DATABASE goutong OWNER goutong TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'goutong') \gexec
REVOKE ALL ON DATABASE goutong FROM PUBLIC;
GRANT CONNECT ON DATABASE goutong TO goutong_serve, goutong_analyst;
