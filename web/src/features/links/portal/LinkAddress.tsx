import { Button, Collapse, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconQrcode } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "~/ui/Copyable";
import { QrCode } from "~/ui/QrCode";
import {
  isTooLong,
  type LinkParameter,
  type LinkParameters,
  linkAddress,
  SOURCE,
  SUB_IDS,
  VALUE_BYTES_MAX,
} from "./address";

const FIRST = SUB_IDS.slice(0, 2);
const FURTHER: readonly LinkParameter[] = [...SUB_IDS.slice(2), SOURCE];

interface Props {
  url: string;
  /** What the code's picture and file are called. */
  name: string;
}

/** A link's address to copy, with the sub ids one writes beside it, and its code for phones. */
export function LinkAddress({ url, name }: Props) {
  const { t } = useTranslation("portal");
  const [parameters, setParameters] = useState<LinkParameters>({});
  const [hasMore, more] = useDisclosure(false);
  const [hasCode, code] = useDisclosure(false);
  const address = linkAddress(url, parameters);
  const input = (parameter: LinkParameter) => (
    <TextInput
      key={parameter}
      label={
        parameter === SOURCE ? t("link.source") : t("link.sub", { number: parameter.slice("sub".length) })
      }
      value={parameters[parameter] ?? ""}
      onChange={(event) => setParameters({ ...parameters, [parameter]: event.currentTarget.value })}
      error={isTooLong(parameters[parameter]) ? t("link.too_long", { count: VALUE_BYTES_MAX }) : undefined}
    />
  );
  return (
    <Stack gap="sm">
      <CopyField label={t("link.address")} value={address} description={t("link.address_hint")} mono />
      <SimpleGrid cols={2} spacing="sm">
        {FIRST.map(input)}
      </SimpleGrid>
      <Collapse expanded={hasMore}>
        <SimpleGrid cols={2} spacing="sm">
          {FURTHER.map(input)}
        </SimpleGrid>
      </Collapse>
      <Button.Group>
        <Button
          variant="default"
          leftSection={<IconChevronDown size={16} aria-hidden />}
          onClick={more.toggle}
          aria-expanded={hasMore}
        >
          {hasMore ? t("link.fewer_subs") : t("link.more_subs")}
        </Button>
        <Button
          variant="default"
          leftSection={<IconQrcode size={16} aria-hidden />}
          onClick={code.toggle}
          aria-expanded={hasCode}
        >
          {t("link.code")}
        </Button>
      </Button.Group>
      {hasCode && <QrCode value={address} name={name} />}
    </Stack>
  );
}
