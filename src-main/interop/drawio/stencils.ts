import { decoration, network, node, switched, type Meaning } from './meaning.ts';

/**
 * Shapes by the words in the names of draw.io's own libraries (cisco, cisco19, networks, aws4, azure2, gcp2, ibm, veeam,
 * vvd, citrix, office, rack, basic shapes). The first row that is found holds.
 */
export const byShape: readonly (readonly [RegExp, Meaning])[] = [
  // Lines that are drawn as shapes, marks at the corners of groups, parts of machines.
  [
    /\b(?:flat|dashed|arrowless)\b.*\bedge\b|\barrow(?:s|head)?\b|(?:^| )\w*tag$|\b(?:ethernet port|network adapter|network interface\w*|line ?card|lc$|zl2\b.*module|fan tray|q?sfp$|floating ip|route tables?|security groups?)\b/,
    decoration,
  ],
  [
    /\b(?:hypervisor|esxi?|vmware host|virtual host|hyper v host|vm host|xenserver|proxmox)\b/,
    node('hypervisor'),
  ],
  [/\b(?:nsx esg|nsx edge|edge services gateway|edge gateway)\b/, node('edge-gateway')],
  [/\b(?:l3|layer ?3|layer3|multilayer|route switch|switch router|6500 vss\d?)\b/, node('router')],
  // Machines whose names have words of the network in them.
  [
    /\b(?:(?:api|storage|file|media|voice|video|mas) gateway|load ?balanc\w*|elb|elastic load balancing|application gateways?|front doors?|local ?director|content engine|proxy|edge cache|edge location|cdn|content delivery network|(?:service|message|event) bus|pc router ?card|(?:nsx|virtual switch|system|cluster) (?:controller|manager|dashboard)|big ip|viprion|arx|netscaler \w+|internet (?:of things|streamer)|wan accelerat\w*|no network|gateway server|location appliance)\b/,
    node('host'),
  ],
  [
    /\b(?:router\w*|routing|firewalls?|asa|pix|vpn\w*|virtual private network\w*|nat|gateways?|asr \d+|csr \w+|transit|(?:wan|google network) edge|edge(?: router)?$|sd ?wan|nsx|vshield|firepass|concentrator|modem|wlan controller|mobility controller|wireless lan controller|express ?route\w*|direct (?:link|connect)|(?<!fabric )interconnect|bcr|fcr|xcr)\b/,
    node('router'),
  ],
  [
    /\b(?:switch\w*|\w*etherswitch|hub\d?|bridge|catalyst|nexus \w+|dcs \w+|fabric interconnect|fibre channel director|access point\d?|accesspoint|ap|l2 modular\d?|repeater|patch panel)\b/,
    switched,
  ],
  [
    /\b(?:internet|bus|ring bus|backbone|lan|vlan|vxlan|wan|ethernet|subnets?|networks? bus|virtual networks?|vpc|network segment|token(?: ring)?|fddi(?: ring)?|message channel)\b|(?:^| )(?:cloud ?\d?|networks?)$/,
    network,
  ],
  [
    /^text$|\b(?:label only|note\d?|callout|curly bracket|bracket|dimension|waypoint|cross|plus|logo|legend|partial ?rectangle|corner|tee|cross ?bar|comm link|power|power strip|ups\d*|lock|padlock|key(?! vault| management)|x509 certificate|virus|shield|secured|unsecure|satellite\w*|radio tower|antenna|document(?! ?db)|folder)\b/,
    decoration,
  ],
  [
    /\b(?:\w*server\w*|host|pc|desktop\w*|laptop|netbook|workstation|mac|macbook|macintosh|notebook|mobile|phone\w*|ip phone|i ?phone|i ?pad|pda|smart ?phone|handheld|tablet|printer|copier|scanner|camera|terminal|mainframe|supercomputer|computer|storage|nas\w*|disk|tape\w*|\w*database\w*|\w*db|rds\w*|cylinder\d?|datastore|repository|ec2|instance\d?|lambda\w*|functions?|fargate|ecs|eks|s3|virtual machine\w*|vm|compute\w*|container\w*|pod|cube|iso ?cube\d?|user\w*|actor|person|people|\w*woman|\w*man|client\w*|endpoint|monitor|rack|appliance|chassis|enclosure|blade\w*|ucs \w+|poweredge|proliant|bladesystem|netra|sun ?fire|sparc|dns|active directory|ldap|mail|web|app\w*)\b/,
    node('host'),
  ],
];
