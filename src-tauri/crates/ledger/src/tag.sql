-- Words that people put to calls. Precious: kept when its call goes, and there again when the call comes back.
CREATE TABLE tag (
    folded TEXT NOT NULL,             -- in lower case: by this tags are compared
    call INTEGER NOT NULL,
    tag TEXT NOT NULL,                -- as typed
    PRIMARY KEY (folded, call)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_call ON tag (call);
