package stock;

/** Run with assertions enabled: java -ea. */
public final class WarehouseTest {
    public static void main(String[] args) {
        whatIsDeliveredCanBeTaken();
    }

    static void whatIsDeliveredCanBeTaken() {
        Warehouse warehouse = new Warehouse();
        warehouse.deliver("tea", 10);
        assert warehouse.take("tea", 4);
        assert !warehouse.take("tea", 7) : "took more than there is";
        assert warehouse.level("tea") == 6 : warehouse.level("tea");
    }
}
