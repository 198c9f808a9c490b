"""What schemathesis does not know by itself: a table goes as it is."""

import schemathesis


@schemathesis.serializer("text/csv")
def table(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
