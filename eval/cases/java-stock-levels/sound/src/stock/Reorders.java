package stock;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much to order of each article so that it reaches its target. */
public final class Reorders {
    private Reorders() {}

    public static Map<String, Integer> of(Warehouse warehouse, List<String> articles, int target) {
        Map<String, Integer> reorders = new TreeMap<>();
        for (String article : articles) {
            int missing = target - warehouse.level(article);
            if (missing > 0) reorders.put(article, missing);
        }
        return reorders;
    }
}
