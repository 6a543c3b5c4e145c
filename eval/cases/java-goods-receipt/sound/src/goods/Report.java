package goods;

import java.util.List;

public final class Report {
    private Report() {}

    public static String of(List<Position> ordered, List<Position> delivered) {
        List<String> differences = DeliveryCheck.differences(ordered, delivered);
        return differences.isEmpty() ? "complete" : String.join("\n", differences);
    }
}
