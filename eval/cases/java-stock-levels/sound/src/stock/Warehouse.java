package stock;

import java.util.HashMap;
import java.util.Map;

public final class Warehouse {
    private final Map<String, Integer> levels = new HashMap<>();

    public void deliver(String article, int quantity) {
        levels.merge(article, quantity, Integer::sum);
    }

    /** False, and nothing happens, when there is not enough. */
    public boolean take(String article, int quantity) {
        int level = levels.getOrDefault(article, 0);
        if (level < quantity) return false;
        levels.put(article, level - quantity);
        return true;
    }

    public int level(String article) {
        return levels.getOrDefault(article, 0);
    }
}
