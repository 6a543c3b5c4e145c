package archive;

/** A log file and when it was written last, in milliseconds since 1970. */
public record LogFile(String name, long writtenAtMillis) {}
