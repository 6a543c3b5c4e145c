package archive;

import java.util.List;

/** Run with assertions enabled: java -ea. */
public final class RetentionTest {
    private static final long NOW = 1_760_000_000_000L;
    private static final long DAY = 86_400_000L;

    public static void main(String[] args) {
        oldFilesExpire();
        keepingForLessThanADayIsRefused();
    }

    static void oldFilesExpire() {
        LogFile fresh = new LogFile("today.log", NOW - DAY / 2);
        LogFile old = new LogFile("last-month.log", NOW - 20 * DAY);
        List<LogFile> expired = new Retention(7).expired(List.of(fresh, old), NOW);
        assert expired.equals(List.of(old)) : expired;
    }

    static void keepingForLessThanADayIsRefused() {
        try {
            new Retention(0);
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("a retention of 0 days was accepted");
    }
}
