package stock;

import java.util.List;
import java.util.Map;

public final class ReordersTest {
    public static void main(String[] args) {
        Warehouse warehouse = new Warehouse();
        warehouse.deliver("tea", 10);
        warehouse.deliver("cocoa", 30);
        Map<String, Integer> reorders = Reorders.of(warehouse, List.of("tea", "coffee", "cocoa"), 25);
        assert reorders.equals(Map.of("coffee", 25, "tea", 15)) : reorders;
    }
}
