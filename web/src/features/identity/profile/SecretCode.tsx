import { Center } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { qrPath } from "~/ui/QrCode";

const SIZE = 184;

/** The secret as a code for the phone; unlike other codes it offers no file, since it must not be kept. */
export function SecretCode({ url }: { url: string }) {
  const { t } = useTranslation("identity");
  const { path, count } = useMemo(() => qrPath(url), [url]);
  return (
    <Center>
      <svg
        role="img"
        aria-label={t("totp.picture")}
        width={SIZE}
        height={SIZE}
        viewBox={`0 0 ${count} ${count}`}
        shapeRendering="crispEdges"
      >
        <rect width={count} height={count} fill="white" />
        <path d={path} fill="black" />
      </svg>
    </Center>
  );
}
