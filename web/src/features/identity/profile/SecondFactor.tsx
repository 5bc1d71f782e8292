import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { meQuery, useMe } from "~/domain/person";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone } from "~/ui/Toast";
import { SwitchOff } from "./SwitchOff";
import { SwitchOn } from "./SwitchOn";

/** Two-step sign-in: on or off, and the way to the other. */
export function SecondFactor() {
  const { t } = useTranslation("identity");
  const { totp_enabled: isOn } = useMe();
  const queries = useQueryClient();
  const [isChanging, setIsChanging] = useState(false);
  const finish = () => {
    setIsChanging(false);
    notifyDone(isOn ? t("totp.now_off") : t("totp.now_on"));
    void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  };
  const close = () => setIsChanging(false);
  return (
    <Group justify="space-between">
      <StatusChip tone={isOn ? "good" : "neutral"} label={isOn ? t("people.on") : t("people.off")} />
      <Button variant="default" onClick={() => setIsChanging(true)}>
        {isOn ? t("totp.switch_off") : t("totp.switch_on")}
      </Button>
      {isChanging &&
        (isOn ? <SwitchOff onDone={finish} onClose={close} /> : <SwitchOn onDone={finish} onClose={close} />)}
    </Group>
  );
}
