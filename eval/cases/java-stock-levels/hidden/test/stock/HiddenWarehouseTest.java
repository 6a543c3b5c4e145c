package stock;

import java.util.List;
import java.util.Map;

public final class HiddenWarehouseTest {
    public static void main(String[] args) {
        Warehouse warehouse = new Warehouse();
        assert warehouse.level("coffee") == 0;
        assert !warehouse.take("coffee", 1) : "took what was never there";
        assert warehouse.level("coffee") == 0 : warehouse.level("coffee");
        warehouse.deliver("coffee", 3);
        assert warehouse.level("coffee") == 3 : warehouse.level("coffee");
        assert warehouse.take("coffee", 3);
        assert Reorders.of(warehouse, List.of("coffee", "milk"), 2).equals(Map.of("coffee", 2, "milk", 2));
        assert Reorders.of(new Warehouse(), List.of("tea"), 0).isEmpty();
    }
}
