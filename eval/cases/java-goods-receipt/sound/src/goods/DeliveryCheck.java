package goods;

import java.util.ArrayList;
import java.util.List;

/** What is different between an order and its delivery. */
public final class DeliveryCheck {
    private DeliveryCheck() {}

    public static List<String> differences(List<Position> ordered, List<Position> delivered) {
        List<String> found = new ArrayList<>();
        for (Position wanted : ordered) {
            int got = 0;
            for (Position there : delivered) {
                if (there.article().equals(wanted.article())) got += there.quantity();
            }
            if (got != wanted.quantity()) {
                found.add(wanted.article() + ": ordered " + wanted.quantity() + ", delivered " + got);
            }
        }
        return found;
    }
}
