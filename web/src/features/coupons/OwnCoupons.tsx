import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { Panel } from "~/features/offers/portal/Panel";
import { Copyable } from "~/ui/Copyable";
import { useFormat } from "~/ui/format";
import { useCoupons } from "./model";

/** A partner's own codes on one offer; nothing where it has none. */
export function OwnCoupons({ offerId }: { offerId: string }) {
  const { t } = useTranslation("coupons");
  const { date } = useFormat();
  const coupons = useCoupons({});
  const own = coupons.rows.filter(({ offers }) => offers.length === 0 || offers.includes(offerId));
  if (own.length === 0) return null;
  return (
    <Panel title={t("own_title")}>
      <Stack gap="sm">
        {own.map((coupon) => (
          <Group key={coupon.id} justify="space-between" gap="xs">
            <Copyable text={coupon.code} mono />
            <Text size="sm" c="dimmed">
              {t("used", { count: coupon.uses })}
              {coupon.valid_until && `, ${t("until", { date: date(coupon.valid_until) })}`}
            </Text>
            {coupon.state !== "active" && <StateChip of="coupon" state={coupon.state} />}
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
