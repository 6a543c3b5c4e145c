package archive;

import java.util.List;

public final class HiddenRetentionTest {
    public static void main(String[] args) {
        long now = 1_760_000_000_000L;
        for (int days : new int[] {1, 24, 25, 30, 49, 50, 90, 365, 3650}) {
            long expected = now - days * 86_400_000L;
            long cutoff = new Retention(days).cutoff(now);
            assert cutoff == expected : days + " days: " + cutoff + " instead of " + expected;
        }
        LogFile fresh = new LogFile("fresh.log", now);
        LogFile old = new LogFile("old.log", now - 91 * 86_400_000L);
        List<LogFile> expired = new Retention(90).expired(List.of(fresh, old), now);
        assert expired.equals(List.of(old)) : expired;
    }
}
