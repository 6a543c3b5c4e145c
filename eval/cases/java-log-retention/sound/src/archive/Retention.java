package archive;

import java.util.List;

/** Says which files are older than the days they are kept for. */
public final class Retention {
    private static final int MILLIS_PER_DAY = 24 * 60 * 60 * 1000;

    private final int days;

    public Retention(int days) {
        if (days < 1) throw new IllegalArgumentException("logs are kept for at least one day");
        this.days = days;
    }

    /** What was written before this moment may go. */
    public long cutoff(long nowMillis) {
        return nowMillis - days * MILLIS_PER_DAY;
    }

    public List<LogFile> expired(List<LogFile> files, long nowMillis) {
        long cutoff = cutoff(nowMillis);
        return files.stream().filter(file -> file.writtenAtMillis() < cutoff).toList();
    }
}
