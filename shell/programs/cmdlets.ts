/** Cmdlets of PowerShell, https://learn.microsoft.com/powershell/module/, with the parameters that take a value and those that take none. */
import type { Program } from './grammar.ts';

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_commonparameters */
const COMMON = `
  -erroraction,-ea=ACTION  -warningaction,-wa=ACTION  -informationaction,-infa=ACTION  -progressaction,-proga=ACTION
  -errorvariable,-ev=NAME  -warningvariable,-wv=NAME  -informationvariable,-iv=NAME  -outvariable,-ov=NAME
  -outbuffer,-ob=N  -pipelinevariable,-pv=NAME  -verbose,-vb  -debug,-db  -whatif,-wi  -confirm,-cf
`;
const PATHS = '-path=PATH  -literalpath,-pspath,-lp=PATH  -filter=TEXT  -include=TEXT  -exclude=TEXT';

const cmdlet = (names: readonly string[], options: string): Program => ({
  names,
  singleDash: true,
  abbreviates: true,
  ignoresCase: true,
  colon: true,
  options: `${options} ${COMMON}`,
});

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest */
const WEB = cmdlet(
  ['Invoke-WebRequest', 'Invoke-RestMethod'],
  `
    -uri=URL  -outfile=FILE  -infile=FILE  -headers=TABLE  -body=TEXT  -form=TABLE  -method=METHOD  -custommethod,-cm=NAME
    -contenttype=TYPE  -credential=CREDENTIAL  -authentication=TYPE  -token=TOKEN  -usedefaultcredentials
    -certificate=CERTIFICATE  -certificatethumbprint=SUM  -skipcertificatecheck  -sslprotocol=PROTOCOL
    -allowunencryptedauthentication  -allowinsecureredirect  -proxy=URL  -proxycredential=CREDENTIAL
    -proxyusedefaultcredentials  -noproxy  -websession=SESSION  -sessionvariable,-sv=NAME  -useragent=NAME
    -usebasicparsing,-useb  -disablekeepalive  -timeoutsec,-connectiontimeoutseconds=N
    -operationtimeoutseconds=N  -maximumredirection=N  -maximumretrycount=N  -retryintervalsec=N
    -preserveauthorizationonredirect  -preservehttpmethodonredirect  -skipheadervalidation  -skiphttperrorcheck
    -passthru  -resume  -transferencoding=TYPE  -httpversion=VERSION  -unixsocket=PATH  -followrellink
    -maximumfollowrellink,-ml=N  -responseheadersvariable,-rhv=NAME  -statuscodevariable=NAME
  `,
);
/** https://learn.microsoft.com/powershell/module/bitstransfer/start-bitstransfer */
const BITS = cmdlet(
  ['Start-BitsTransfer'],
  `
    -source=URL  -destination=FILE  -asynchronous  -authentication=TYPE  -credential=CREDENTIAL  -description=TEXT
    -displayname=NAME  -priority=LEVEL  -proxyusage=MODE  -proxylist=LIST  -proxyauthentication=TYPE
    -proxycredential=CREDENTIAL  -retryinterval=N  -retrytimeout=N  -securityflags=FLAGS  -suspended
    -transfertype=TYPE  -usestoredcredential=TARGET  -transferpolicy=POLICY  -dynamic  -customheaders=LIST
    -httpmethod=METHOD
  `,
);
export const START_PROCESS = cmdlet(
  ['Start-Process'],
  `
    -filepath,-pspath,-path=FILE  -argumentlist,-args=LIST  -credential,-runas=CREDENTIAL  -workingdirectory=FOLDER
    -loaduserprofile,-lup  -nonewwindow,-nnw  -passthru  -redirectstandarderror,-rse=FILE
    -redirectstandardinput,-rsi=FILE  -redirectstandardoutput,-rso=FILE  -verb=VERB  -wait  -windowstyle=STYLE
    -usenewenvironment  -environment=TABLE
  `,
);

/** https://learn.microsoft.com/powershell/module/scheduledtasks/new-scheduledtaskaction */
export const TASK_ACTION = cmdlet(
  ['New-ScheduledTaskAction'],
  '-execute=FILE  -argument=TEXT  -workingdirectory=FOLDER  -id=NAME  -asjob  -cimsession=SESSION  -throttlelimit=N',
);

/** https://learn.microsoft.com/powershell/module/powershellget/, https://learn.microsoft.com/powershell/module/microsoft.powershell.psresourceget/ */
const INSTALL = cmdlet(
  ['Install-Module', 'Install-Script', 'Install-Package', 'Install-PSResource', 'Save-Module', 'Update-Module'],
  `
    -name=LIST  -requiredversion=VERSION  -minimumversion=VERSION  -maximumversion=VERSION  -version=VERSION
    -repository,-source=NAME  -providername=NAME  -scope=SCOPE  -credential=CREDENTIAL  -proxy=URL
    -proxycredential=CREDENTIAL  -path=FOLDER  -literalpath=FOLDER  -destination=FOLDER  -requiredresource=TABLE
    -requiredresourcefile=FILE  -temporarypath=FOLDER  -force  -allowclobber  -skippublishercheck  -allowprerelease
    -prerelease  -acceptlicense  -passthru  -nopathupdate  -trustrepository  -noclobber  -reinstall  -quiet
    -skipdependencycheck  -authenticodecheck  -skipdependencies  -skipvalidate  -forcebootstrap  -allversions
  `,
);

const FILES: readonly Program[] = [
  cmdlet(['Get-FileHash'], `${PATHS} -algorithm=NAME  -inputstream=STREAM`),
  cmdlet(
    ['Get-AuthenticodeSignature'],
    '-filepath=FILE  -literalpath,-pspath=FILE  -content=BYTES  -sourcepathorextension=TEXT',
  ),
  cmdlet(['Expand-Archive'], `${PATHS} -destinationpath=FOLDER  -force  -passthru`),
  cmdlet(['Remove-Item'], `${PATHS} -recurse  -force  -credential=CREDENTIAL  -stream=NAME`),
  cmdlet(
    ['Copy-Item', 'Move-Item'],
    `${PATHS} -destination=PATH  -recurse  -force  -container  -passthru  -credential=CREDENTIAL  -fromsession=SESSION  -tosession=SESSION`,
  ),
  cmdlet(
    ['New-Item'],
    '-path=PATH  -name=NAME  -itemtype,-type=TYPE  -value,-target=TEXT  -force  -credential=CREDENTIAL  -options=OPTIONS',
  ),
  cmdlet(['Set-Item', 'Clear-Item'], `${PATHS} -value=VALUE  -force  -passthru  -credential=CREDENTIAL`),
  cmdlet(
    ['Set-Content', 'Add-Content'],
    `${PATHS} -value=TEXT  -encoding=NAME  -force  -nonewline  -passthru  -asbytestream  -stream=NAME  -credential=CREDENTIAL`,
  ),
  cmdlet(
    ['Out-File'],
    '-filepath=FILE  -literalpath,-pspath=FILE  -encoding=NAME  -append  -force  -noclobber,-nooverwrite  -nonewline  -width=N  -inputobject=OBJECT',
  ),
  cmdlet(
    ['Get-Content'],
    `${PATHS} -raw  -encoding=NAME  -tail,-last=N  -totalcount,-first,-head=N  -readcount=N  -delimiter=TEXT  -wait  -force  -stream=NAME  -asbytestream  -credential=CREDENTIAL`,
  ),
  cmdlet(
    ['Write-Output', 'Write-Host'],
    '-inputobject=OBJECT  -object=OBJECT  -noenumerate  -nonewline  -separator=TEXT  -foregroundcolor=COLOR  -backgroundcolor=COLOR',
  ),
];

const SYSTEM: readonly Program[] = [
  cmdlet(
    ['Set-ItemProperty', 'New-ItemProperty'],
    `${PATHS} -name,-psproperty=NAME  -value=VALUE  -propertytype,-type=TYPE  -force  -passthru  -inputobject=OBJECT  -credential=CREDENTIAL`,
  ),
  cmdlet(
    ['Set-NetFirewallProfile'],
    `
      -profile,-name=LIST  -all  -enabled=BOOL  -defaultinboundaction=ACTION  -defaultoutboundaction=ACTION
      -allowinboundrules=BOOL  -allowlocalfirewallrules=BOOL  -allowlocalipsecrules=BOOL  -allowuserapps=BOOL
      -allowuserports=BOOL  -allowunicastresponsetomulticast=BOOL  -notifyonlisten=BOOL  -enablestealthmodeforipsec=BOOL
      -logfilename=FILE  -logmaxsizekilobytes=N  -logallowed=BOOL  -logblocked=BOOL  -logignored=BOOL
      -disabledinterfacealiases=LIST  -policystore=NAME  -gposession=SESSION  -cimsession=SESSION  -throttlelimit=N
      -asjob  -passthru  -inputobject=OBJECT
    `,
  ),
  cmdlet(
    ['Enable-NetFirewallRule', 'Set-NetFirewallRule', 'New-NetFirewallRule'],
    `
      -name,-instanceid=NAME  -displayname=NAME  -displaygroup=NAME  -group=NAME  -newdisplayname=NAME
      -description=TEXT  -enabled=BOOL  -profile=PROFILE  -direction=DIRECTION  -action=ACTION  -protocol=PROTOCOL
      -localport=PORT  -remoteport=PORT  -localaddress=ADDRESS  -remoteaddress=ADDRESS  -program=FILE  -service=NAME
      -interfacealias=NAME  -interfacetype=TYPE  -edgetraversalpolicy=POLICY  -policystore=NAME  -all  -asjob
      -passthru  -inputobject=OBJECT  -cimsession=SESSION  -gposession=SESSION  -throttlelimit=N  -icmptype=TYPE
    `,
  ),
  cmdlet(['ConvertTo-SecureString'], '-string=TEXT  -asplaintext  -force  -key=BYTES  -securekey=KEY'),
  cmdlet(
    ['New-LocalUser', 'Set-LocalUser'],
    `
      -name=NAME  -password=PASSWORD  -nopassword  -accountexpires=DATE  -accountneverexpires  -description=TEXT  -disabled
      -fullname=NAME  -passwordneverexpires[=BOOL]  -usermaynotchangepassword  -usermaychangepassword=BOOL  -sid=SID
      -inputobject=OBJECT
    `,
  ),
  cmdlet(['Set-ExecutionPolicy'], '-executionpolicy=POLICY  -scope=SCOPE  -force'),
  cmdlet(
    ['Set-Service', 'Stop-Service', 'Start-Service', 'Restart-Service', 'New-Service'],
    `
      -name,-servicename=NAME  -displayname=NAME  -startuptype,-startmode,-sm,-st,-starttype=TYPE  -status=STATUS
      -description=TEXT  -force  -nowait  -passthru  -include=LIST  -exclude=LIST  -inputobject=OBJECT
      -computername,-cn=NAME  -credential=CREDENTIAL  -binarypathname,-path=FILE  -dependson=LIST  -securitydescriptorsddl,-sd=TEXT
    `,
  ),
  cmdlet(['Set-MpPreference', 'Add-MpPreference'], '-disablerealtimemonitoring,-drtm=BOOL  -exclusionpath=LIST'),
  cmdlet(['Invoke-Expression'], '-command=TEXT'),
  cmdlet(
    ['Invoke-Command'],
    '-scriptblock,-command=BLOCK  -filepath,-pspath=FILE  -computername,-cn=NAME  -session=SESSION  -argumentlist,-args=LIST  -credential=CREDENTIAL',
  ),
  cmdlet(['New-Object'], '-typename=NAME  -argumentlist,-args=LIST  -comobject=NAME  -property=TABLE  -strict'),
  cmdlet(['Enable-PSRemoting'], '-force  -skipnetworkprofilecheck'),
];

export const CMDLETS: readonly Program[] = [WEB, BITS, START_PROCESS, TASK_ACTION, INSTALL, ...FILES, ...SYSTEM];
