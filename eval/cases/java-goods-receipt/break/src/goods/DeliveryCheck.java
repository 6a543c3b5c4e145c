package goods;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is different between an order and its delivery. */
public final class DeliveryCheck {
    private DeliveryCheck() {}

    public static List<String> differences(List<Position> ordered, List<Position> delivered) {
        Map<String, Integer> wanted = quantities(ordered);
        Map<String, Integer> got = quantities(delivered);
        List<String> found = new ArrayList<>();
        for (String article : wanted.keySet()) {
            if (wanted.get(article) != got.getOrDefault(article, 0)) {
                found.add(article + ": ordered " + wanted.get(article) + ", delivered " + got.getOrDefault(article, 0));
            }
        }
        return found;
    }

    private static Map<String, Integer> quantities(List<Position> positions) {
        Map<String, Integer> sums = new LinkedHashMap<>();
        for (Position position : positions) sums.merge(position.article(), position.quantity(), Integer::sum);
        return sums;
    }
}
