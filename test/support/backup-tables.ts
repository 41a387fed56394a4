/** Tables with everything that a backup has to carry: circles, generated columns, odd names and types. */
export const firstMigration = `
  CREATE TABLE kinds (name text PRIMARY KEY);
  INSERT INTO kinds VALUES ('flat');
  CREATE TABLE houses (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL REFERENCES kinds,
    main_guest bigint,
    note text, photo bytea, more jsonb, price numeric, share double precision, tags text[], at timestamptz,
    shout text GENERATED ALWAYS AS (upper(note)) STORED
  );
  CREATE TABLE guests (
    id bigserial PRIMARY KEY,
    house bigint NOT NULL REFERENCES houses ON DELETE CASCADE,
    came_with bigint REFERENCES guests
  );
  ALTER TABLE houses ADD CONSTRAINT houses_main_guest FOREIGN KEY (main_guest) REFERENCES guests;
  CREATE TABLE "Odd name" ("a ""b" int);
  CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := NEW.note || '!'; RETURN NEW; END $$;
  CREATE TRIGGER stamp BEFORE INSERT ON houses FOR EACH ROW EXECUTE FUNCTION stamp();`;
